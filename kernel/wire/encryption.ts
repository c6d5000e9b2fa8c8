// CURVE, ZeroMQ's encryption, for sockets whose connection file carries keys. The kernel and its clients share one key
// pair, as in jupyter_client: only somebody who can read the connection file can connect.

/** A pair of CURVE keys in Z85. */
export interface CurveKeys {
  readonly publicKey: string;
  readonly secretKey: string;
}

/** Fresh keys, as the fields that a connection file carries them in. Loads ZeroMQ. */
export async function freshKeys(): Promise<{ readonly curve_publickey: string; readonly curve_secretkey: string }> {
  const { curveKeyPair } = await import('zeromq');
  const { publicKey, secretKey } = curveKeyPair();
  return { curve_publickey: publicKey, curve_secretkey: secretKey };
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
