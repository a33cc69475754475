// SPDX-License-Identifier: Apache-2.0

// Makes sets of rules of the cells of a table. What a cell lets through is told by the classes of
// its tests where they compare with constants; where values are few, each is tried. All that is
// neither is let through, and looked at by the interpreter in the rules that are found.

internal import Decisions
internal import FEEL
internal import RuleTables
internal import VigieLimits

/// Compiles a table.
struct TableCompiler {
    let table: DecisionTable
    let evaluation: DecisionEvaluation

    /// What is known of an input whose classes have a source.
    struct Input {
        /// Its place in the table.
        let place: Int
        let source: Int
        /// The classes of values that there may not be.
        let invalid: [Range<Int>]
        /// Whether it is how the input stands to another one.
        var isCompared = false
        /// Which classes each cell lets through, by its program; nil for all.
        var cells: [ObjectIdentifier: [Range<Int>]?] = [:]
    }
}

extension TableCompiler {
    /// What becomes of an input; nil if it is left to the interpreter.
    ///
    /// - Parameter find: Finds a source by requirement and path.
    func input(
        _ place: Int,
        _ find: (Int, [String]) -> Int?,
        _ all: [ValueSource]
    ) -> Input? {
        let told = table.inputs[place]
        guard !told.expression.mayAskForTime, told.values?.program.mayAskForTime != true else {
            return nil
        }
        if let (requirement, path) = told.expression.namedInput,
            let source = find(requirement, path)
        {
            switch all[source].classes {
            case .scale(let scale): return scaled(place, source, all[source], scale)
            case .values(let values): return tried(place, source, (requirement, path), values)
            }
        }
        let used = told.expression.usedInputs
        guard used.count == 1, let source = find(used[0], []),
            case .values(let values) = all[source].classes
        else { return nil }
        return tried(place, source, (used[0], []), values)
    }

    /// What becomes of an input that is computed; nil if it is left to the interpreter.
    func computed(_ place: Int, _ source: Int, _ told: ValueSource) -> Input? {
        switch told.classes {
        case .scale(let scale): scaled(place, source, told, scale)
        case .values(let values):
            cells(place, source, values + [.null], invalid: invalid(place, values))
        }
    }

    private func scaled(
        _ place: Int,
        _ source: Int,
        _ told: ValueSource,
        _ scale: ValueScale
    ) -> Input? {
        guard scale.kind.admits(table.inputs[place].type) else { return nil }
        var refused = told.refused
        var invalid: [Range<Int>] = []
        if let values = table.inputs[place].values {
            guard let verdict = scale.verdict(values) else { return nil }
            // What is no value is none that there may not be.
            invalid = verdict.no.without(refused)
        }
        refused.append(scale.nullClass..<scale.nullClass + 1)
        var input = Input(place: place, source: source, invalid: invalid)
        let nulls = frame + [.null]
        for rule in table.rules {
            let tests = rule.tests[place]
            let key = ObjectIdentifier(tests.program)
            guard input.cells[key] == nil else { continue }
            if tests.isAny, invalid.isEmpty {
                input.cells[key] = .some(nil)
            } else if let verdict = scale.verdict(tests) {
                let passes = verdict.yes.without(invalid + refused)
                let isNullLet = tests.isAny || isTrue(tests, nulls)
                input.cells[key] = .some(passes + (isNullLet ? refused : []))
            }
        }
        return input
    }

    /// Tries each value.
    private func tried(
        _ place: Int,
        _ source: Int,
        _ giver: (requirement: Int, path: [String]),
        _ values: [FEELValue]
    ) -> Input {
        var (tested, invalid) = ([FEELValue](), [Range<Int>]())
        for (number, value) in (values + [.null]).enumerated() {
            var given = frame
            given[giver.requirement] = giver.path.reversed().reduce(value) { value, name in
                .context(FEELContext([(name, value)]))
            }
            evaluation.reset()
            let (input, isAllowed) = evaluation.input(place, of: table, given)
            tested.append(input)
            if !isAllowed { invalid.append(number..<number + 1) }
        }
        return cells(place, source, tested, invalid: invalid)
    }

    /// The values that an input may not have.
    private func invalid(_ place: Int, _ values: [FEELValue]) -> [Range<Int>] {
        guard let allowed = table.inputs[place].values else { return [] }
        return values.indices.filter {
            evaluation.reset()
            return allowed.program.evaluate([values[$0]], evaluation.expressions).boolean == false
        }.map { $0..<$0 + 1 }
    }

    /// What each cell lets through of some values.
    private func cells(
        _ place: Int,
        _ source: Int,
        _ tested: [FEELValue],
        invalid: [Range<Int>]
    ) -> Input {
        var input = Input(place: place, source: source, invalid: invalid)
        var tries = 0
        for rule in table.rules {
            let tests = rule.tests[place]
            let key = ObjectIdentifier(tests.program)
            guard input.cells[key] == nil, tests.program.usedInputs.isEmpty,
                !tests.program.mayAskForTime, tries < CompiledTableLimits.tries
            else { continue }
            tries += tested.count
            if tests.isAny, invalid.isEmpty {
                input.cells[key] = .some(nil)
                continue
            }
            let passed = tested.indices.filter {
                tests.isAny || isTrue(tests, frame + [tested[$0]])
            }
            input.cells[key] = .some(passed.map { $0..<$0 + 1 }.without(invalid))
        }
        return input
    }

    var frame: [FEELValue] { Array(repeating: .null, count: table.names.count) }

    private func isTrue(_ tests: FEELUnaryTests, _ frame: [FEELValue]) -> Bool {
        evaluation.reset()
        return tests.program.evaluate(frame, evaluation.expressions).boolean == true
    }
}

extension GivenColumn.Kind {
    /// Whether each value of the kind is one of a type as it is.
    func admits(_ type: FEELType) -> Bool {
        switch (self, type) {
        case (_, .any), (.number, .number), (.day, .date), (.text, .string): true
        default: false
        }
    }
}

extension [Range<Int>] {
    /// What is left without others.
    func without(_ others: [Range<Int>]) -> [Range<Int>] {
        guard !others.isEmpty else { return self }
        let end = Swift.max(map(\.upperBound).max() ?? 0, others.map(\.upperBound).max() ?? 0)
        let kept = others.gaps(in: end)
        return flatMap { range in
            kept.map { $0.clamped(to: range) }.filter { !$0.isEmpty }
        }
    }
}
