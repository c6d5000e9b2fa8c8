// kernel_info: the kernel's name, version, language and protocol.

import about from '../../package.json' with { type: 'json' };
import { type KernelInfoReply, PROTOCOL_VERSION } from '../protocol.ts';
import type { Handler } from './kernel.ts';

const REPLY = {
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
} as const;

/** Answered on shell and control alike; clients send it several times. */
export const kernelInfo: Handler = ({ reply }, { about: { place, links }, debug }) => {
  const info: KernelInfoReply = {
    ...REPLY,
    banner: `cokernel ${about.version}: TypeScript on a coroutine event loop, ${place}`,
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      ...links,
      { text: 'Coroutines and Tasks (Python)', url: 'https://docs.python.org/3.11/library/asyncio-task.html' },
    ],
    supported_features: [...(debug ? ['debugger'] : []), 'kernel subshells'],
    debugger: debug !== undefined,
  };
  reply(info);
};
