// SPDX-License-Identifier: Apache-2.0

// Which texts a program can give, without evaluating it: those that it names, and those of values
// that it only passes on. A mistyped text is found by what else it is compared with.

/// Where the texts that a program gives come from.
package struct TextOrigins: Sendable {
    /// Texts that it names.
    package private(set) var constants: [String] = []
    /// Values that it passes on, or entries of theirs, by the place of the input.
    package private(set) var inputs: [(input: Int, path: [String])] = []

    fileprivate mutating func add(_ other: TextOrigins) {
        constants += other.constants
        inputs += other.inputs
    }

    fileprivate static func constant(_ value: FEELValue) -> TextOrigins {
        var origins = TextOrigins()
        if case .string(let text) = value { origins.constants = [text] }
        return origins
    }

    fileprivate static func input(_ place: Int) -> TextOrigins {
        var origins = TextOrigins()
        origins.inputs = [(place, [])]
        return origins
    }

    fileprivate func entry(_ name: String) -> TextOrigins {
        var origins = TextOrigins()
        origins.inputs = inputs.map { ($0.input, $0.path + [name]) }
        return origins
    }
}

extension FEELProgram {
    /// Where the texts that it gives come from; nil if it makes texts itself, by a function or a
    /// sum.
    package var textOrigins: TextOrigins? { origins(of: root) }

    /// As deep as the expression is nested, which is bounded.
    private func origins(of node: Int32) -> TextOrigins? {
        switch nodes[Int(node)] {
        case .constant(let index): return .constant(tables.constants[Int(index)])
        case .slot(let slot): return Int(slot) < inputCount ? .input(Int(slot)) : nil
        case .path(let base, let name): return origins(of: base)?.entry(tables.names[Int(name)])
        case .filter(let base, _, _): return origins(of: base)
        case .conditional(_, let then, let otherwise):
            guard var both = origins(of: then), let other = origins(of: otherwise) else {
                return nil
            }
            both.add(other)
            return both
        default: return nil
        }
    }
}

extension FEELUnaryTests {
    /// The texts that it asks for one by one, negated or not.
    package var namedTexts: [String] {
        tests.compactMap { test in
            if case .equal(.string(let text)) = test { return text }
            return nil
        }
    }

    /// The texts that are let through, if nothing else is.
    package var onlyTexts: [String]? {
        let texts = namedTexts
        return texts.count == tests.count && !isNegated && !isAny ? texts : nil
    }
}
