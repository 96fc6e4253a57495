/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.publisher.http;

import org.jspecify.annotations.NullMarked;
