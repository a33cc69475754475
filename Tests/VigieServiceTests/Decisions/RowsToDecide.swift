// SPDX-License-Identifier: Apache-2.0

// Companies by chance, as rows to score and decide on, and as the same questions to BatchDecide.

import DecimalNumbers
import Policies
import ProtobufCoding
import Quantities
import VigieProtos

/// Rows of a policy that comes with Vigie.
struct RowsToDecide {
    static let day = "2025-06-30"
    static let scoreFacts = ["outcome", "probability", "risk_class", "score"]

    let policy: Policy
    let rowCount: Int
    private let numbers: [(name: String, kind: PolicyInput.Kind, values: [Double])]
    private let texts: [(name: String, words: [String], codes: [UInt32])]
    private let items: [Float]

    init(_ policy: Policy, itemCount: Int, rowCount: Int, seed: UInt64) {
        (self.policy, self.rowCount) = (policy, rowCount)
        var state = seed
        func chance(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        func column<Value>(_ choices: [Value]) -> [Value] {
            (0..<rowCount).map { _ in choices[chance(choices.count)] }
        }
        let inputs = policy.manifest.inputs.filter { !Self.scoreFacts.contains($0.name) }
        numbers = inputs.compactMap { input in
            Self.numbers(input).map { (input.name, input.kind, column($0)) }
        }
        let named = inputs.filter { $0.kind == .string }.map { ($0.name, Self.words($0.name)) }
        let own = [
            ("stage", ["quote", "order", "prospect", "collection", "invoice"]),
            ("subject", ["legal_person", "legal_person", "legal_person", "natural_person"]),
        ]
        texts = (named + own).map { name, words in
            let missing: UInt32 = own.contains { $0.0 == name } ? 1 : 0
            return (name, words, column((missing...UInt32(words.count)).map { $0 }))
        }
        items = (0..<rowCount * itemCount).map { _ in
            chance(40) == 0 ? .nan : Float(chance(2_000_000)) + 1
        }
    }

    private static func numbers(_ input: PolicyInput) -> [Double]? {
        switch (input.kind, input.name) {
        case (.boolean, _): [0, 0, 1, .nan]
        case (.date, _): [20_000, 20_269, 20_270, 20_400, .nan]
        case (.number, "margin_rate"): [0.05, 0.2, 0.3, .nan]
        case (.number, "forecast_months"): [1, 3, 12]
        case (.number, "days_beyond_terms"): [0, 5, 12.5, 30, 31, 90]
        case (.number, "years_known"): [0, 1, 2, 3, 5]
        case (.number, "equity"), (.number, "net_worth"):
            [-5_000, 0, 40_000, 123_456.78, 1e6, 5e6]
        case (.number, _): [0, 0, 500, 1_234.56, 25_000, 250_000.5, 1e6, 1e7, .nan]
        default: nil
        }
    }

    private static func words(_ name: String) -> [String] {
        switch name {
        case "country": ["FR", "DE", "BR", "zz"]
        case "sector": ["construction", "transport", "retail", "zz"]
        default: ["A", "B", "R", ""]
        }
    }

    /// A header that asks for all.
    var header: Vigie_V1_DecideRowsHeader {
        .with {
            $0.policy = policy.manifest.identifier
            $0.asOfDate = Self.day
            $0.role = "manager"
            $0.scoreOutputs = [.probability, .score, .riskClass]
            $0.factColumns = numbers.map(\.name)
            $0.factTextColumns = texts.map(\.name)
            $0.outputs = (1...15).compactMap { Vigie_V1_DecisionOutput(rawValue: $0) }
        }
    }

    /// Some rows as a block.
    func block(_ rows: Range<Int>) -> Vigie_V1_DecideRowsBlock {
        let itemCount = items.count / rowCount
        return .with {
            $0.rows.rowCount = UInt32(rows.count)
            $0.rows.floatValues = Array(
                items[rows.lowerBound * itemCount..<rows.upperBound * itemCount]
            )
            $0.facts.values = numbers.flatMap { $0.values[rows] }
            $0.facts.textColumns = texts.map { text in
                .with {
                    $0.dictionary = text.words.map { Array($0.utf8) }
                    $0.codes = Array(text.codes[rows])
                }
            }
        }
    }

    /// The same of BatchDecide.
    var batchHeader: Vigie_V1_DecideHeader {
        .with {
            $0.policy = policy.manifest.identifier
            $0.asOfDate = Self.day
            $0.role = "manager"
            $0.explanation = .none
        }
    }

    /// A row as a company, with what the model says of it.
    func company(
        _ row: Int,
        _ scores: Vigie_V1_ScoreBlock,
        at place: Int
    ) -> Vigie_V1_DecisionCase {
        var company = Vigie_V1_DecisionCase()
        for column in numbers where !column.values[row].isNaN {
            company.facts.append(
                .with {
                    $0.name = column.name
                    let value = column.values[row]
                    switch column.kind {
                    case .boolean: $0.value.flag = value == 1
                    case .date:
                        $0.value.day =
                            CalendarDate(dayNumber: Int(value))?.description ?? ""
                    default: $0.value.number = value
                    }
                }
            )
        }
        for column in texts where column.codes[row] > 0 {
            let word = column.words[Int(column.codes[row]) - 1]
            switch column.name {
            case "stage":
                company.stage =
                    [
                        "prospect": .prospect, "quote": .quote, "order": .order,
                        "invoice": .invoice, "collection": .collection,
                    ][word] ?? .unspecified
            case "subject":
                company.subject = word == "natural_person" ? .naturalPerson : .legalPerson
            default:
                company.facts.append(
                    .with {
                        $0.name = column.name
                        $0.value.text = word
                    }
                )
            }
        }
        add(scores, place, to: &company)
        return company
    }

    private func add(
        _ scores: Vigie_V1_ScoreBlock,
        _ place: Int,
        to company: inout Vigie_V1_DecisionCase
    ) {
        let isScored = scores.outcomes.isEmpty || scores.outcomes[place] == .scored
        for input in policy.manifest.inputs where Self.scoreFacts.contains(input.name) {
            company.facts.append(
                .with {
                    $0.name = input.name
                    switch input.name {
                    case "outcome": $0.value.text = isScored ? "scored" : "not_scorable"
                    case "probability": $0.value.number = scores.probabilities[place]
                    case "score":
                        $0.value.number = isScored ? Double(scores.scores[place]) : .nan
                    default:
                        $0.value.number = isScored ? Double(scores.riskClasses[place]) : .nan
                    }
                }
            )
        }
    }
}
