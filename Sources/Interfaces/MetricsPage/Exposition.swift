// SPDX-License-Identifier: Apache-2.0

// Metrics as text, as Prometheus reads them (exposition format 0.0.4): families with their help and
// type, samples with labels whose values are from closed sets.

/// A page of metrics, written from top to bottom.
package struct Exposition {
    /// What samples of a family are.
    package enum Kind: String {
        case counter, gauge, histogram
    }

    /// The text so far.
    package private(set) var text = ""

    /// An empty page.
    package init() {}

    /// Begins a family.
    package mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        // A backslash or the end of the line must not end the help.
        let help = help.map { $0 == "\\" ? "\\\\" : $0 == "\n" ? "\\n" : String($0) }.joined()
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Writes a sample of a whole number.
    package mutating func sample(
        _ name: String,
        _ labels: [(String, String)] = [],
        _ value: some BinaryInteger
    ) {
        line(name, labels, "\(value)")
    }

    /// Writes a sample.
    package mutating func sample(
        _ name: String,
        _ labels: [(String, String)] = [],
        _ value: Double
    ) {
        line(name, labels, Self.number(value))
    }

    /// A number as the format has it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: String) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(value)\n"
    }

    /// A value of a label.
    private static func escaped(_ value: String) -> String {
        value.map { character in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(character)
            }
        }.joined()
    }
}
