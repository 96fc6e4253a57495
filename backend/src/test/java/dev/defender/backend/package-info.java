/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.backend;

import org.jspecify.annotations.NullMarked;
