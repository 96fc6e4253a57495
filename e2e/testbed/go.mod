// SPDX-License-Identifier: Apache-2.0
module dev.defender/testbed

go 1.26.0
