/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.bench.inject;

import org.jspecify.annotations.NullMarked;
