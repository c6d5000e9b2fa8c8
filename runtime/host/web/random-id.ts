// Names that nothing else has. `crypto.randomUUID` is only there where the page came encrypted.

export { v4 as randomId } from 'uuid';
