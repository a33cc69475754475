// SPDX-License-Identifier: Apache-2.0

// A row of a block against the decision of CreditDecider, field by field.

import CompiledTables
import CreditPolicy
import DecimalNumbers
import Decisions
import Policies
import Quantities

extension CreditBlockDecider {
    /// What of a row is otherwise, of that which is told; nil if nothing is.
    func difference(
        _ row: Int,
        _ wanted: CreditDecision,
        _ outcomes: [TableOutcome],
        telling parts: CreditBlockParts = .all
    ) -> String? {
        guard parts.contains(.calculation) else { return tablesDifference(row, wanted) }
        let untold = Self.names.filter { !parts.contains($0.part) }.flatMap(\.names)
        for (name, found, wanted) in fields(row, wanted)
        where found != wanted && !untold.contains(name) {
            return "\(name) is \(found), not \(wanted)"
        }
        guard parts.contains(.answers) else { return nil }
        for (place, table) in tables.enumerated() {
            let answer = block.answers[place][row]
            let told = outcomes.last { $0.table == table }
            let isRight =
                switch told?.answer {
                case nil: answer == CreditBlock.notAsked
                case .matched?: told?.matches.contains(Int(answer)) ?? false
                case .none?: answer == RowAnswer.none
                case .standard?: answer == RowAnswer.standard
                case .violation?: answer == RowAnswer.violation
                case .invalidInput(let input)?: answer == RowAnswer.invalidInput - Int32(input)
                }
            if !isRight {
                return "table \(table) answers \(answer), not \(String(describing: told))"
            }
        }
        return nil
    }

    /// What belongs to a part, by the names of `fields`.
    private static let names: [(part: CreditBlockParts, names: [String])] = [
        (.headroom, ["headroom"]), (.prospects, ["loss", "opportunity"]),
        (.exposedLoss, ["exposed"]), (.fittingDays, ["fitting_days"]),
        (.lists, ["guarantees", "clauses"]),
    ]

    /// The same of what tables say by themselves.
    private func tablesDifference(_ row: Int, _ wanted: CreditDecision) -> String? {
        let place = Int(block.classes[row])
        let (found, days) = (place < 0 ? nil : classes[place], Int(block.termDays[row]))
        if found != wanted.riskClass { return "class is \(found ?? "-")" }
        return days == wanted.terms.days ? nil : "term_days is \(days), not \(wanted.terms.days)"
    }

    private func fields(
        _ row: Int,
        _ wanted: CreditDecision
    ) -> [(String, String, String)] {
        let policy = plan.policy
        let facts = block.facts[row]
        func amount(_ fact: CreditBlock.Facts, _ column: UnsafeMutablePointer<DecimalNumber>)
            -> String
        {
            facts.contains(fact) ? column[row].plain : "-"
        }
        func name(_ column: UnsafeMutablePointer<Int32>, _ names: [String]) -> String {
            column[row] < 0 ? "-" : names[Int(column[row])]
        }
        func list(_ column: UnsafeMutablePointer<Int32>, _ lists: [[Int]], _ names: [String])
            -> String
        {
            column[row] < 0 ? "" : lists[Int(column[row])].map { names[$0] }.joined(separator: " ")
        }
        func text(_ name: String) -> String { wanted.text(name) ?? "-" }
        let terms = self.terms[Int(block.terms[row])]
        let missing = missingNames.indices.filter { block.missing[row] >> UInt64($0) & 1 == 1 }
        return [
            (
                "outcome", CreditDecision.Outcome.allCases[Int(block.outcomes[row])].rawValue,
                text("outcome")
            ),
            ("class", name(block.classes, classes), text("class")),
            ("need", amount(.need, block.needs), text("need")),
            ("limit", amount(.limit, block.limits), text("limit")),
            ("own_limit", amount(.limit, block.ownLimits), text("own_limit")),
            ("headroom", amount(.headroom, block.headrooms), wanted.headroom?.plain ?? "-"),
            (
                "loss", amount(.expectedLoss, block.expectedLosses),
                wanted.expectedLoss?.plain ?? "-"
            ),
            (
                "exposed", amount(.exposedLoss, block.exposedLosses),
                wanted.exposedLoss?.plain ?? "-"
            ),
            (
                "opportunity", amount(.opportunity, block.opportunities),
                wanted.opportunity?.plain ?? "-"
            ),
            ("binding", name(block.bindings, CreditBlock.bindingNames), text("binding")),
            ("term_days", "\(block.termDays[row])", text("term_days")),
            ("deposit", terms.deposit?.plain ?? "-", text("deposit")),
            ("prepayment", "\(terms.isPrepaid)", text("prepayment")),
            ("discount", terms.discount?.plain ?? "-", wanted.terms.discount?.plain ?? "-"),
            ("discount_days", "\(terms.discountDays ?? -1)", "\(wanted.terms.discountDays ?? -1)"),
            ("fitting_days", "\(block.fittingDays[row])", "\(wanted.fittingDays ?? -1)"),
            ("action", name(block.actions, actions), text("action")),
            ("role", name(block.roles, policy.manifest.authority.roles.map(\.name)), text("role")),
            ("second", "\(facts.contains(.needsSecondPerson))", "\(wanted.needsSecondPerson)"),
            (
                "until", "\(block.validUntil[row])",
                "\(wanted.validity?.until.dayNumber ?? Int32.min)"
            ),
            ("ends", name(block.validityReasons, validityReasons), wanted.validity?.reason ?? "-"),
            (
                "guarantees",
                list(block.guarantees, guaranteeLists, policy.guarantees.map(\.identifier)),
                text("guarantees")
            ),
            (
                "clauses", list(block.clauses, clauseLists, policy.clauses.map(\.identifier)),
                text("clauses")
            ),
            (
                "missing", missing.map { missingNames[$0] }.sorted().joined(separator: " "),
                Set(wanted.missing.map(\.name)).sorted().joined(separator: " ")
            ),
        ]
    }
}
