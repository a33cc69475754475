// SPDX-License-Identifier: Apache-2.0

// An application with a type named as one of the library's: both can be named.

import VigieClient

// A type of the application, with a name that a credit application has.
private struct Score { var value: Int }

func show(_ score: VigieClient.Score) { print(score, Score(value: 1).value) }
