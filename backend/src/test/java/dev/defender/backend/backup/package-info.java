/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.backend.backup;

import org.jspecify.annotations.NullMarked;
