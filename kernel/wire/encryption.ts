// CURVE, ZeroMQ's encryption: the options of a socket whose connection file carries keys. Kernel and clients share one
// key pair, as jupyter_client does it: whoever can read the connection file may connect, and nobody else.

/** A pair of CURVE keys in Z85. */
export interface CurveKeys {
  readonly publicKey: string;
  readonly secretKey: string;
}

/** Options for a socket of the kernel; none without keys. */
export function serverOptions(keys: CurveKeys | undefined) {
  return keys === undefined
    ? {}
    : { curveServer: true, curvePublicKey: keys.publicKey, curveSecretKey: keys.secretKey };
}

/** Options for a client's socket; none without keys. */
export function clientOptions(keys: CurveKeys | undefined) {
  return keys === undefined
    ? {}
    : { curveServerKey: keys.publicKey, curvePublicKey: keys.publicKey, curveSecretKey: keys.secretKey };
}
