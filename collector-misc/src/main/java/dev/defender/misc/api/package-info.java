/* SPDX-License-Identifier: Apache-2.0 */

/** The API server: where it is, who we are to it, and HTTP/1.1 over one TLS connection. */
@NullMarked
package dev.defender.misc.api;

import org.jspecify.annotations.NullMarked;
