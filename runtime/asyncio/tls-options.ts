// How TLS is set up on a connection; types only. What does it is in tls.ts.

/** What Python's `ssl.SSLContext` holds. Other options of Node's `tls.createSecureContext` are taken, too. */
export interface TlsContext {
  /** Certificates of the authorities that are trusted, as PEM; default: Node's. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[] | undefined;
  /** This side's certificate, as PEM. A server must have one. */
  readonly cert?: string | Buffer | undefined;
  /** Its private key, as PEM. */
  readonly key?: string | Buffer | undefined;
  /** False: any certificate will do (Python: `verify_mode = CERT_NONE`). */
  readonly rejectUnauthorized?: boolean | undefined;
  /** False: a certificate of any name will do (Python: `check_hostname = False`). */
  readonly checkHostname?: boolean | undefined;
}

/** How TLS begins on a connection that is open. */
export interface TlsOptions extends TlsContext {
  /** A client's: the server's name, which its certificate must carry. */
  readonly serverHostname?: string | undefined;
  /** How long the handshake may take, in seconds; default 60. */
  readonly sslHandshakeTimeout?: number | undefined;
}
