/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** A client that trusts the CAs of a PEM text and nobody else. */
public final class ClientContext {
    private ClientContext() {}

    /** @param keys none for a client without a certificate */
    public static SSLContext trusting(String caPem, KeyManager... keys) throws IOException, GeneralSecurityException {
        X509Certificate[] authorities = Pem.certificates(caPem);
        if (authorities.length == 0) {
            throw new IOException("the CA file holds no CERTIFICATE in PEM");
        }
        SSLContext context = SSLContext.getInstance("TLS", NativeProvider.get());
        context.init(keys, new TrustManager[] {new ServerTrust(authorities)}, null);
        return context;
    }

    /** One connection's engine, which verifies that the server is {@code host}. */
    public static SSLEngine engine(SSLContext context, String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        // Fresh ones: those of the engine bring its SNI name through the JDK's IDN tables, which take long to load.
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }
}
