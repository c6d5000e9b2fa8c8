// How a value is written as text: Node's own code, taken out of Node.

export { inspect } from 'node-inspect-extracted';
