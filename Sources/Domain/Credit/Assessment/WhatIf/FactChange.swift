// SPDX-License-Identifier: Apache-2.0

// A change of what is known of a company, as people say it: "equity=+200k", "late=0%", "FW=-10%".

internal import CreditFacts

/// A change to facts.
package struct FactChange: Sendable, Equatable {
    /// By how much, or to what.
    package enum Amount: Sendable, Equatable {
        /// By so many cents.
        case by(Int64)
        /// To so many cents.
        case to(Int64)
        /// By a part of what it is, in percent.
        case byPercent(Double)
        /// To a part of what it is, in percent.
        case toPercent(Double)
    }

    /// The driver, such as "equity", or the code of a line.
    package var name: String
    /// By how much, or to what.
    package var amount: Amount

    /// Tells of a change.
    package init(_ name: String, _ amount: Amount) {
        self.name = name
        self.amount = amount
    }

    /// Reads a change; nil for what is none. A sign says "by", no sign "to"; k stands for
    /// thousands, m for millions, % for parts of what it is.
    package init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        var digits = parts[1].filter { $0 != " " && $0 != "\u{A0}" && $0 != "\u{202F}" }
        let isBy = digits.first == "+" || digits.first == "-" || digits.first == "\u{2212}"
        let isNegative = isBy && digits.first != "+"
        if isBy { digits.removeFirst() }
        var scale = 100.0
        let isPercent = digits.last == "%"
        switch digits.last {
        case "%": scale = 1
        case "k", "K": scale = 100_000
        case "m", "M": scale = 100_000_000
        default: break
        }
        if isPercent || scale != 100 { digits.removeLast() }
        let plain = String(digits.map { $0 == "," ? "." : $0 })
        guard !plain.isEmpty, plain.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let number = Double(plain)
        else { return nil }
        let value = (isNegative ? -number : number) * scale
        guard abs(value) <= Self.greatest else { return nil }
        name = String(parts[0])
        if isPercent {
            amount = isBy ? .byPercent(value) : .toPercent(value)
        } else {
            let cents = Int64(value.rounded())
            // The only measure that is no amount: a number without a sign is a part of it.
            amount = isBy ? .by(cents) : .to(cents)
        }
    }

    /// Throws if it names neither a driver nor a line that any form has.
    package func check() throws(WhatIfError) {
        guard
            WhatIfTable.standard.names.contains(name)
                || FormCodes.has(name, in: .complete) || FormCodes.has(name, in: .simplified)
        else { throw .unknown(name) }
    }

    // tidy: limit: cents of any amount that is meant; sums of a few stay far from 64 bits
    static let greatest = 1e16
}

/// Why a change cannot be made.
package enum WhatIfError: Error, Sendable, Equatable {
    /// Neither a driver nor a line.
    case unknown(String)
    /// There is no statement that could change.
    case noStatement
    /// There are no payments that could change.
    case noPayments
    /// An amount where a part is meant, or one that is out of range.
    case badAmount(String)
    /// It needs more cash than there is: what is missing, in cents.
    case cashShort(Int64)
    /// More is taken away than there is, in cents.
    case belowZero(String, Int64)
    /// A line that moves without cash, or cash itself: the other side is not known.
    case noCash(String)
    /// The bundle could not score.
    case scoring(String)

    /// What is wrong, without a full stop.
    package func text(inFrench isFrench: Bool) -> String {
        let say = { (french: String, english: String) in isFrench ? french : english }
        switch self {
        case .unknown(let name):
            let names = WhatIfTable.standard.names.joined(separator: ", ")
            return say(
                "\(name) n'est ni un levier (\(names)) ni une ligne des comptes",
                "\(name) is neither a driver (\(names)) nor a line of the accounts"
            )
        case .noStatement: return say("aucun exercice à modifier", "no accounts that could change")
        case .noPayments: return say("aucun paiement connu", "no payments are known")
        case .badAmount(let name):
            return say("montant impossible pour \(name)", "an amount that \(name) cannot have")
        case .cashShort(let cents):
            let missing = WhatIfTable.euros(cents)
            return say(
                "trésorerie insuffisante : il manque \(missing) €",
                "not enough cash: \(missing) € are missing"
            )
        case .belowZero(let line, let cents):
            let there = WhatIfTable.euros(cents)
            return say(
                "la ligne \(line) n'a que \(there) €",
                "line \(line) has no more than \(there) €"
            )
        case .noCash(let line):
            return say(
                "la ligne \(line) bouge sans trésorerie : dites ce qui la compense",
                "line \(line) moves without cash: change what stands against it"
            )
        case .scoring(let message): return message
        }
    }
}
