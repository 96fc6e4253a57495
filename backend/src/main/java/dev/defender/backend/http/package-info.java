/* SPDX-License-Identifier: Apache-2.0 */
/** The HTTPS server: routing, authentication, limits and problem documents. */
@NullMarked
package dev.defender.backend.http;

import org.jspecify.annotations.NullMarked;
