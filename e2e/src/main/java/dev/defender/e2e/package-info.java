/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.e2e;

import org.jspecify.annotations.NullMarked;
