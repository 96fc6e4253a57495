/* SPDX-License-Identifier: Apache-2.0 */

/**
 * One kept-alive HTTP/1.1 connection over TLS: what the publisher needs of HTTP, in few classes. The JDK's client costs
 * a cold start in 60m ten seconds more and reads neither HTTPS_PROXY nor NO_PROXY.
 */
@NullMarked
package dev.defender.publisher.http;

import org.jspecify.annotations.NullMarked;
