/* SPDX-License-Identifier: Apache-2.0 */

/**
 * A TLS client for processes that start cold in 60m: BoringSSL through Conscrypt over a non-blocking socket, trust in the
 * CAs of a PEM text and nobody else.
 */
@NullMarked
package dev.defender.tls;

import org.jspecify.annotations.NullMarked;
