// SPDX-License-Identifier: Apache-2.0

// Expectations about values that change when they are asked: the macros of
// Swift Testing want expressions that change nothing.

import Testing

/// Expects a condition.
func check(_ condition: Bool, _ location: SourceLocation = #_sourceLocation) {
    #expect(condition, sourceLocation: location)
}

/// Expects a value that is there.
func need<Value>(_ value: Value?, _ location: SourceLocation = #_sourceLocation) throws -> Value {
    try #require(value, sourceLocation: location)
}
