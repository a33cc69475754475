// SPDX-License-Identifier: Apache-2.0

import Documents
import Scoring
import TestRandomness
import Testing
import VigieLimits

@Suite("Expressions")
struct ExpressionTests {
    /// Draws an expression of all kinds of nodes.
    static func random(
        depth: Int,
        names: [String],
        using generator: inout some RandomNumberGenerator
    ) -> Expression {
        func draw() -> Expression { random(depth: depth - 1, names: names, using: &generator) }
        let comparisons: [BinaryOperation] = [
            .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual,
        ]
        let operations: [BinaryOperation] = [
            .add, .subtract, .multiply, .divide, .minimum, .maximum,
        ]
        func condition() -> Expression {
            .binary(comparisons.randomElement(using: &generator)!, draw(), draw())
        }
        if depth == 0 {
            if Int.random(in: 0..<6, using: &generator) == 0 {
                return .number([0, 1, 0.05, 2, 1e-3, 1e300].randomElement(using: &generator)!)
            }
            return .name(
                names.randomElement(using: &generator)!,
                yearsEarlier: [0, 0, 0, 1, 2].randomElement(using: &generator)!
            )
        }
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: return .unary(.negate, draw())
        case 1: return .unary(.absolute, draw())
        case 2: return .unary(.logarithm, draw())
        case 3: return .choice(condition(), draw(), draw())
        case 4:
            let operation = YearsOperation.allCases.randomElement(using: &generator)!
            return .overYears(operation, operation == .count ? condition() : draw())
        default:
            return .binary(operations.randomElement(using: &generator)!, draw(), draw())
        }
    }

    @Test("the compiled program equals the reference on random expressions and nasty values")
    func random() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<30 {
            let rows = (0..<ScoringLimits.rowsPerChunk).map { _ in
                (0..<9).map { _ in nastyValues.randomElement(using: &generator)! }
            }
            var both = try BothEvaluators(rows: rows)
            var names = ["a", "b", "c"]
            var defined: [String] = []
            for index in 0..<8 {
                let expression = Self.random(
                    depth: Int.random(in: 0...5, using: &generator),
                    names: names,
                    using: &generator
                )
                try both.define("d\(index)", expression)
                names.append("d\(index)")
                defined.append("d\(index)")
            }
            let features = both.programFeatures(defined)
            for (index, name) in defined.enumerated() {
                let expected = try both.referenceValues(name).map {
                    Float($0).isFinite ? Float($0) : .nan
                }
                let found = rows.indices.map { features[$0 * defined.count + index] }
                #expect(found.bits == expected.bits)
            }
        }
    }

    @Test("equal parts are computed once, in every year, and unused ones never")
    func sharing() throws {
        func operationCount(_ expressions: [(String, String)], features: [String]) throws -> Int {
            var both = try BothEvaluators(rows: [])
            for (name, text) in expressions {
                try both.define(name, try Expression(parsing: text))
            }
            return both.compiler.program(features: features).operationCount
        }
        // One division and one store for each feature.
        #expect(
            try operationCount([("x", "a / b"), ("y", "a / b")], features: ["x", "y"]) == 3
        )
        // Two divisions (this year and last), a difference and a store.
        #expect(
            try operationCount([("x", "a / b"), ("y", "x - x@1")], features: ["y"]) == 4
        )
        // Three divisions, which the sum over years shares with the difference.
        #expect(
            try operationCount(
                [("x", "a / b"), ("y", "sum_years(x)"), ("z", "x@1 - x@2")],
                features: ["y", "z"]
            ) == 7
        )
        #expect(try operationCount([("x", "ln(a)"), ("y", "b")], features: ["y"]) == 1)
    }

    @Test("operators bind and associate as written")
    func syntax() throws {
        #expect(try Expression(parsing: "a - b - c") == Expression(parsing: "(a - b) - c"))
        #expect(try Expression(parsing: "a - b * -c") == Expression(parsing: "a - (b * (-c))"))
        #expect(try Expression(parsing: "a/b/c") != Expression(parsing: "a/(b/c)"))
        #expect(try Expression(parsing: "\t1e3\n") == .number(1000))
        #expect(try Expression(parsing: "a@2") == .name("a", yearsEarlier: 2))
    }

    static let wrong: [(text: String, message: String)] = [
        ("", "at character 1: expected a value, found the end."),
        ("a +", "at character 4: expected a value, found the end."),
        ("a b", "at character 3: expected an operator or the end, found \"b\"."),
        ("(a", "at character 3: expected \")\", found the end."),
        ("a < b", "a comparison may only be the first argument of if"),
        ("if(a, b, c)", "at character 5: expected a comparison here, found \",\"."),
        ("if(a < b, c)", "if does not take 2 arguments."),
        ("ln(a, b)", "ln does not take 2 arguments."),
        ("clip(a)", "clip does not take 1 argument."),
        ("maxx(a, b)", "there is no function \"maxx\". Did you mean \"max\"?"),
        ("a@3", "after \"@\" comes the number of fiscal years earlier, 0 to 2."),
        ("a@1.0", "after \"@\" comes the number of fiscal years earlier"),
        ("a@-1", "after \"@\" comes the number of fiscal years earlier"),
        ("a@99999999999999999999999", "after \"@\" comes the number of fiscal years earlier"),
        ("a % b", "at character 3: this character has no meaning"),
        ("é", "at character 1: this character has no meaning"),
        ("a = b", "at character 3: this character has no meaning"),
        ("1e999", "at character 1: the number is too large."),
        (".5", "at character 1: this character has no meaning"),
        ("a <= b <= c", "a comparison may only be"),
        (String(repeating: "(", count: 4000), "nested more than 128 levels deep"),
        (String(repeating: "-", count: 4000) + "a", "nested more than 128 levels deep"),
        (String(repeating: "a+", count: 2000) + "a", "nested more than 128 levels deep"),
        (String(repeating: "abs(", count: 1000), "nested more than 128 levels deep"),
        (String(repeating: " ", count: 5000), "has 5000 bytes; the limit is 4096."),
    ]

    @Test("what is wrong is said with its place", arguments: wrong)
    func errors(text: String, message: String) throws {
        let error = try #require(throws: ExpressionError.self) { try Expression(parsing: text) }
        #expect(error.description.contains(message))
    }

    @Test("random texts never trap")
    func noise() {
        var generator = SeededGenerator(seed: 7)
        let pieces = [
            "a", "b@", "1", "2.5e", "(", ")", ",", "+", "-", "*", "/", "<", "==", "if(", "min(",
            "count_years(", "@", " ", "\u{0}", "é", "ln", "e", ".",
        ]
        var valid = 0
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<12, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator)! }.joined()
            if (try? Expression(parsing: text)) != nil { valid += 1 }
        }
        #expect(valid > 0)
    }

    static let dimensions: [(text: String, dimension: Dimension)] = [
        ("a", 1), ("a / b", 0), ("a * b", 2), ("a / b / c", -1), ("0", nil), ("max(a, 0)", 1),
        ("if(a > 0, a, 0)", 1), ("ln(a / b)", 0), ("count_years(a < 0)", 0), ("sum_years(a)", 1),
        ("abs(-a)", 1), ("deviation_years(a) / a", 0), ("2 * a", 1), ("r + 1", 0),
    ]

    @Test("dimensions follow from the inputs", arguments: dimensions)
    func dimension(text: String, dimension: Dimension) throws {
        var checker = DimensionChecker(allowsAmountsInLiterals: false)
        checker.names = ["a": 1, "b": 1, "c": 1, "r": 0]
        #expect(try checker.dimension(of: Expression(parsing: text)) == dimension)
    }

    @Test(
        "amounts and ratios do not mix",
        arguments: [
            "a + 1", "a + r", "max(a, 0.1)", "if(a > r, 1, 2)", "if(a > 0, a, 1)", "ln(a)",
            "clip(a, -1, 1)", "count_years(a < 1)",
        ]
    )
    func mixed(text: String) throws {
        let expression = try Expression(parsing: text)
        var checker = DimensionChecker(allowsAmountsInLiterals: false)
        checker.names = ["a": 1, "r": 0]
        #expect(throws: ExpressionError.self) { try checker.dimension(of: expression) }
        var lenient = DimensionChecker(allowsAmountsInLiterals: true)
        lenient.names = ["a": 1, "r": 0]
        let mixesNames = text.contains("r") && text != "clip(a, -1, 1)" && !text.contains("years")
        #expect((try? lenient.dimension(of: expression)) == nil || !mixesNames)
    }
}
