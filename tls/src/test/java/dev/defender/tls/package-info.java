/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.tls;

import org.jspecify.annotations.NullMarked;
