/* SPDX-License-Identifier: Apache-2.0 */

/** Ring records read in place: the offsets of event.h, checked, without allocation. */
@NullMarked
package dev.defender.sensor.decode;

import org.jspecify.annotations.NullMarked;
