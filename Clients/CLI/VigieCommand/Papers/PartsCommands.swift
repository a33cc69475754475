// SPDX-License-Identifier: Apache-2.0

// `vigie ratios`, `vigie ledger` and `vigie events`: parts of an assessment, from the same papers.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import FoundationEssentials
internal import LegalHistory
internal import PaymentBehaviour
internal import Quantities
internal import StatementAnalysis

/// The day that commands on papers look from.
struct AsOfOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("The day to look from; today else.", valueName: "yyyy-mm-dd")
    )
    var asOf: String?

    func validate() throws {
        if let asOf, CalendarDate(asOf) == nil {
            throw ValidationError("'\(asOf)' is no day: write --as-of 2025-12-31")
        }
    }

    /// The day.
    var day: CalendarDate {
        asOf.flatMap { CalendarDate($0) }
            ?? CalendarDate(secondsSince1970: Int64(Date().timeIntervalSince1970))
    }
}

/// The command that computes ratios.
struct RatiosCommand: PaperCommand {
    static let configuration = CommandConfiguration(
        commandName: "ratios",
        abstract: "Computes ratios, balances and published models of all statements in papers."
    )

    @OptionGroup var options: PaperOptions

    func write(_ stack: PaperStack, _ language: Language, to sink: ByteSink) throws {
        let isFrench = language == .fr
        var rows: [[String]] = []
        let json = options.output == .json ? JSONWriter(sink) : nil
        json?.beginList()
        let all = Dictionary(grouping: stack.statements + stack.comparatives, by: \.siren)
        for statement in stack.statements {
            let previous = all[statement.siren, default: []].first { other in
                other.form == statement.form
                    && (300...430).contains(statement.closing.days(since: other.closing))
            }
            let years = StatementYears(statement, previous: previous)
            for result in StatementFormulas.of(statement.form).figures(of: years).results() {
                let formula = result.formula
                let name = isFrench ? formula.french : formula.english
                json?.object {
                    json?.text("siren", statement.siren?.description)
                    json?.text("closing", statement.closing.description)
                    json?.text("form", statement.form.rawValue)
                    json?.text("name", formula.name)
                    json?.text("label", name)
                    json?.text("unit", formula.unit.rawValue)
                    json?.number("value", result.value)
                    json?.number("twelve_months", result.annual)
                    json?.text("reason", result.reason?.text(inFrench: isFrench))
                    json?.text("formula", formula.text)
                    json?.text("published_by", formula.source)
                }
                rows.append([
                    statement.siren?.description ?? "–", statement.closing.description, name,
                    result.value.map { language.number($0, 3) } ?? "–", formula.unit.rawValue,
                ])
            }
        }
        json?.endList()
        guard json == nil else { return sink.write("\n") }
        let columns: [(title: String, alignment: TextTable.Alignment)] = [
            ("siren", .left), (isFrench ? "clôture" : "closing", .left),
            ("ratio", .left), (isFrench ? "valeur" : "value", .right),
            (isFrench ? "unité" : "unit", .left),
        ]
        sink.write(TextTable.text(columns: columns, rows: rows, terminal: options.terminal))
    }
}

/// The command that tells of legal events.
struct EventsCommand: PaperCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Tells what courts and registers made known, and where each company stands."
    )

    @OptionGroup var options: PaperOptions
    @OptionGroup var day: AsOfOption

    func write(_ stack: PaperStack, _ language: Language, to sink: ByteSink) throws {
        let isFrench = language == .fr
        var rows: [[String]] = []
        let json = options.output == .json ? JSONWriter(sink) : nil
        json?.beginList()
        for company in stack.companies(asOf: day.day) where !company.events.isEmpty {
            let history = LegalHistory(company.events, corrections: company.corrections)
            let state = history.status(on: day.day, knowing: .ofThatDay).state.rawValue
            for event in history.events where event.published <= day.day {
                let corrected = company.corrections.contains {
                    $0.corrected == event.notice && $0.published <= day.day
                }
                json?.object {
                    json?.text("siren", company.siren?.description)
                    json?.text("event", event.kind.rawValue)
                    json?.text("decided", event.decided?.description)
                    json?.text("published", event.published.description)
                    json?.text("notice", event.notice)
                    json?.bool("corrected", corrected)
                    json?.text("state", state)
                }
                rows.append([
                    company.siren?.description ?? "–", event.published.description,
                    event.decided?.description ?? "–",
                    FactWords.text(event.kind.rawValue, inFrench: isFrench)
                        + (corrected ? isFrench ? " (corrigé)" : " (corrected)" : ""),
                    event.notice, FactWords.text(state, inFrench: isFrench),
                ])
            }
        }
        json?.endList()
        guard json == nil else { return sink.write("\n") }
        let columns: [(title: String, alignment: TextTable.Alignment)] = [
            ("siren", .left), (isFrench ? "publié" : "published", .left),
            (isFrench ? "jugement" : "decided", .left),
            (isFrench ? "événement" : "event", .left), (isFrench ? "avis" : "notice", .left),
            (isFrench ? "situation" : "state", .left),
        ]
        sink.write(TextTable.text(columns: columns, rows: rows, terminal: options.terminal))
    }
}
