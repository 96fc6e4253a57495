/* SPDX-License-Identifier: Apache-2.0 */
/** Nothing that is not this profile's own is ever taken, changed or deleted. */
@NullMarked
package dev.defender.operator.ownership;

import org.jspecify.annotations.NullMarked;
