// Errors of TLS under Python's names and with its texts. Node's own error is the cause.

import { named } from './engine/errors.ts';
import { OSError, osError } from './os-error.ts';

/** TLS failed (Python: `ssl.SSLError`). */
export class SSLError extends OSError {
  /** OpenSSL's name for it, such as `WRONG_VERSION_NUMBER`. */
  readonly reason: string;

  constructor(reason: string, text: string, options: ErrorOptions = {}) {
    super(`[SSL: ${reason}] ${text}`, options);
    this.reason = reason;
  }
}

/** The other end's certificate is not to be trusted (Python: `ssl.SSLCertVerificationError`). */
export class SSLCertVerificationError extends SSLError {
  /** OpenSSL's number for what is wrong. */
  readonly verifyCode: number;
  /** What is wrong, in words. */
  readonly verifyMessage: string;

  constructor(verifyCode: number, verifyMessage: string, options: ErrorOptions = {}) {
    super('CERTIFICATE_VERIFY_FAILED', `certificate verify failed: ${verifyMessage}`, options);
    this.verifyCode = verifyCode;
    this.verifyMessage = verifyMessage;
  }
}

for (const [name, kind] of Object.entries({ SSLError, SSLCertVerificationError })) named(kind, name);

/** OpenSSL's numbers and texts, by Node's codes. Node's own texts add advice for Node's command line. */
const VERIFY_ERRORS: Readonly<Record<string, readonly [code: number, text: string]>> = {
  UNABLE_TO_GET_ISSUER_CERT: [2, 'unable to get issuer certificate'],
  CERT_SIGNATURE_FAILURE: [7, 'certificate signature failure'],
  CERT_NOT_YET_VALID: [9, 'certificate is not yet valid'],
  CERT_HAS_EXPIRED: [10, 'certificate has expired'],
  DEPTH_ZERO_SELF_SIGNED_CERT: [18, 'self-signed certificate'],
  SELF_SIGNED_CERT_IN_CHAIN: [19, 'self-signed certificate in certificate chain'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [20, 'unable to get local issuer certificate'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [21, 'unable to verify the first certificate'],
  CERT_CHAIN_TOO_LONG: [22, 'certificate chain too long'],
  CERT_REVOKED: [23, 'certificate revoked'],
  PATH_LENGTH_EXCEEDED: [25, 'path length constraint exceeded'],
  INVALID_PURPOSE: [26, 'unsuitable certificate purpose'],
  CERT_UNTRUSTED: [27, 'certificate not trusted'],
  CERT_REJECTED: [28, 'certificate rejected'],
  INVALID_CA: [79, 'invalid CA certificate'],
};

interface NodeTlsError extends NodeJS.ErrnoException {
  readonly library?: string;
  readonly reason?: string;
  readonly host?: string;
}

/** @internal Node's error of a connection, with TLS or without, as Python's. */
export function connectionError(error: Error): Error {
  const { code = '', library, reason, host = '' } = error as NodeTlsError;
  const options = { cause: error };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    // Python's numbers for names and for addresses.
    const [number, what] = /^[\d.]+$|:/.test(host) ? [64, 'IP address'] : [62, 'Hostname'];
    const text = `${what} mismatch, certificate is not valid for '${host}'.`;
    return new SSLCertVerificationError(number as number, text, options);
  }
  const failure = Object.hasOwn(VERIFY_ERRORS, code) ? VERIFY_ERRORS[code] : undefined;
  if (failure !== undefined) return new SSLCertVerificationError(failure[0], failure[1], options);
  // OpenSSL's own text is a line of numbers.
  if (library !== undefined && reason !== undefined) {
    return new SSLError(code.replace(/^ERR_O?SSL_/, ''), reason, options);
  }
  return osError(error);
}
