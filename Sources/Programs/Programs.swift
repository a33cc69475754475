// SPDX-License-Identifier: Apache-2.0

// Nothing of its own: depends on both programs, so that one build makes both.
