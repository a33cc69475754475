// SPDX-License-Identifier: Apache-2.0

// How the steps of a formula round what they compute.

/// How steps compute.
package enum Arithmetic: Sendable, Equatable {
    /// In float64.
    case float64
    /// Inputs, constants and the results of every step are rounded to float32.
    case float32
    /// In float64, with inputs that are finite or missing: a result that overflows is missing.
    case finite

    /// The number as a register holds it.
    @inline(__always)
    package func rounded(_ value: Double) -> Double {
        switch self {
        case .float64: value
        case .float32: Double(Float(value))
        case .finite: value - (value - value)
        }
    }
}

/// An arithmetic as a type, so that loops are compiled for each.
protocol Rounding {
    static func rounded(_ value: Double) -> Double
    static func narrowed(_ value: Double) -> Float
}

enum Float64Rounding: Rounding {
    @inline(__always) static func rounded(_ value: Double) -> Double { value }
    @inline(__always) static func narrowed(_ value: Double) -> Float { Float(value) }
}

enum Float32Rounding: Rounding {
    @inline(__always) static func rounded(_ value: Double) -> Double { Double(Float(value)) }
    @inline(__always) static func narrowed(_ value: Double) -> Float { Float(value) }
}

/// An infinity minus itself is NaN; the signs of zeros are kept.
enum FiniteRounding: Rounding {
    @inline(__always) static func rounded(_ value: Double) -> Double { value - (value - value) }
    @inline(__always) static func narrowed(_ value: Double) -> Float {
        let narrow = Float(value)
        return narrow - (narrow - narrow)
    }
}
