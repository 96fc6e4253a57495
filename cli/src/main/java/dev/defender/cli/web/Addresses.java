/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.web;

import dev.defender.cli.terminal.Failure;
import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of HTTPS servers as a user gives them. */
public final class Addresses {
    private Addresses() {}

    /** @param what the option, for a message. @return scheme, host and port, without a slash at the end */
    public static URI https(String what, String text) throws Failure {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean bare = uri.getRawPath() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null;
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && bare) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, like an address of another form.
        }
        throw Failure.usage(what + " must be https://host:port");
    }
}
