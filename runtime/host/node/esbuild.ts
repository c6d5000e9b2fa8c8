// esbuild, whose service is a process.

export { stop, type TransformFailure, type TransformOptions, type TransformResult, transform } from 'esbuild';
