/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.tls;

import java.security.Provider;
import java.security.Security;
import org.conscrypt.Conscrypt;

/**
 * BoringSSL as a security provider: in a cold JVM the JDK's own cryptography runs interpreted, which is most of what a TLS
 * start-up in 60m costs.
 */
public final class NativeProvider {
    private NativeProvider() {}

    private static final class Holder {
        static final Provider PROVIDER = Conscrypt.newProvider();

        static {
            // At the end: nothing else in this JVM changes its provider.
            Security.addProvider(PROVIDER);
        }
    }

    /** Loads the native library on first use. */
    public static Provider get() {
        return Holder.PROVIDER;
    }

    /** Name under which {@link #get} is registered. */
    static String registeredName() {
        return get().getName();
    }
}
