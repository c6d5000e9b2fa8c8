// kernel_info: the kernel's name, version, language and protocol.

import about from '../../package.json' with { type: 'json' };
import { type KernelInfoReply, PROTOCOL_VERSION } from '../protocol.ts';
import type { Handler } from './kernel.ts';

const REPLY: KernelInfoReply = {
  status: 'ok',
  protocol_version: PROTOCOL_VERSION,
  implementation: 'cokernel',
  implementation_version: about.version,
  language_info: {
    name: 'typescript',
    version: about.dependencies.typescript.replace(/^[^\d]*/, ''),
    mimetype: 'text/typescript',
    file_extension: '.ts',
    pygments_lexer: 'typescript',
    codemirror_mode: 'typescript',
  },
  banner: `cokernel ${about.version}: TypeScript on a coroutine event loop, Node ${process.version}`,
  help_links: [
    { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
    { text: 'Node.js', url: 'https://nodejs.org/api/' },
    { text: 'Coroutines and Tasks (Python)', url: 'https://docs.python.org/3.11/library/asyncio-task.html' },
  ],
  supported_features: ['debugger', 'kernel subshells'],
  debugger: true,
};

/** Answered on shell and control alike; clients send it several times. */
export const kernelInfo: Handler = ({ reply }) => reply(REPLY);
