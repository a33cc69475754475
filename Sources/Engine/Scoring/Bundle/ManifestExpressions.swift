// SPDX-License-Identifier: Apache-2.0

// Checks and compiles the expressions of a manifest: names, fiscal years,
// dimensions, sizes. A definition or feature sees the inputs and what stands before
// it, so there can be no cycles.

internal import Documents

extension Manifest {
    /// The program that computes the features, or nil when the features are columns or
    /// something is wrong, which is noted.
    ///
    /// - Parameter columns: For each input the columns of its fiscal years, latest first.
    func compileExpressions(columns: [[Int]], _ problems: ProblemList) -> ExpressionProgram? {
        guard let inputs else { return nil }
        var compilation = ManifestCompilation(manifest: self, inputs: inputs, columns: columns)
        for (index, definition) in definitions.enumerated() {
            compilation.add(
                definition.name,
                definition.expression,
                path: "definitions[\(index)].expression",
                problems
            )
        }
        for (index, feature) in features.enumerated() {
            guard let expression = feature.expression else { continue }
            let path = "features[\(index)].expression"
            let dimension = compilation.add(feature.name, expression, path: path, problems)
            if let dimension, dimension != feature.unit.currencyExponent {
                problems.add(
                    path,
                    "is \(DimensionChecker.shown(dimension)), but the feature's unit is "
                        + "\"\(feature.unit.rawValue)\"."
                )
            }
        }
        guard problems.problems.isEmpty else { return nil }
        return compilation.compiler.program(features: features.map(\.name))
    }
}

/// The state of compiling one manifest.
private struct ManifestCompilation {
    var compiler: ExpressionCompiler
    private var dimensions: DimensionChecker
    /// Names known so far, and whether they have earlier years.
    private var hasYears: [String: Bool] = [:]
    private let laterNames: Set<String>

    init(manifest: Manifest, inputs: [ManifestInput], columns: [[Int]]) {
        compiler = ExpressionCompiler(
            columnCount: columns.reduce(0) { $0 + $1.count },
            yearsMaximum: manifest.yearsMaximum
        )
        dimensions = DimensionChecker(allowsAmountsInLiterals: !manifest.isScaleFree)
        laterNames = Set(manifest.definitions.map(\.name) + manifest.features.map(\.name))
        for (input, columns) in zip(inputs, columns) {
            hasYears[input.name] = input.isYearly
            dimensions.names[input.name] = input.unit.currencyExponent
            // Inputs are far fewer than operations may be.
            try? compiler.addInput(input.name, columns: columns)
        }
    }

    /// Checks and compiles one expression; its dimension if it is sound and has one.
    @discardableResult
    mutating func add(
        _ name: String,
        _ text: String,
        path: String,
        _ problems: ProblemList
    ) -> Dimension {
        // Known even if wrong, so that what uses it is not reported for that.
        defer { hasYears[name] = true }
        do {
            let expression = try Expression(parsing: text)
            try checkNames(in: expression)
            let dimension = try dimensions.dimension(of: expression)
            dimensions.names[name] = .some(dimension)
            // After a problem nothing is compiled, only checked.
            if problems.problems.isEmpty { try compiler.define(name, expression) }
            return dimension
        } catch {
            problems.add(path, "\(error)")
            return nil
        }
    }

    private func checkNames(in expression: Expression) throws(ExpressionError) {
        switch expression {
        case .number:
            break
        case .name(let name, let yearsEarlier):
            guard let hasYears = hasYears[name] else { throw unknown(name) }
            guard hasYears || yearsEarlier == 0 else {
                throw ExpressionError(
                    message: "\"\(name)\" has no earlier years (\"yearly\" is false).",
                    offset: nil
                )
            }
        case .unary(_, let operand), .overYears(_, let operand):
            try checkNames(in: operand)
        case .binary(_, let left, let right):
            try checkNames(in: left)
            try checkNames(in: right)
        case .choice(let condition, let chosen, let otherwise):
            try checkNames(in: condition)
            try checkNames(in: chosen)
            try checkNames(in: otherwise)
        }
    }

    private func unknown(_ name: String) -> ExpressionError {
        if laterNames.contains(name) {
            return ExpressionError(
                message: "uses \"\(name)\", which is itself or is defined further down; an "
                    + "expression may use what stands before it.",
                offset: nil
            )
        }
        let hint = NearestName.among(hasYears.keys.sorted(), to: name)
        return ExpressionError(
            message: "uses \(quoted(name)), which is no input, definition or feature."
                + (hint.map { " Did you mean \"\($0)\"?" } ?? ""),
            offset: nil
        )
    }
}
