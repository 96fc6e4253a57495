/* SPDX-License-Identifier: Apache-2.0 */
/** The backend's API, as a client. */
@NullMarked
package dev.defender.cli.backend;

import org.jspecify.annotations.NullMarked;
