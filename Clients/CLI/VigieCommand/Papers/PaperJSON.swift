// SPDX-License-Identifier: Apache-2.0

// The documented form of all that papers say ("vigie-papers/1"): amounts as decimal texts, dates as
// in ISO 8601, each fact with its paper (a place in "papers") and its line.

internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Quantities

/// Writes what papers say.
struct PaperJSON {
    let json: JSONWriter
    private let sink: ByteSink
    private let language: Language

    init(_ sink: ByteSink, _ language: Language) {
        self.sink = sink
        self.language = language
        json = JSONWriter(sink)
    }

    /// Only what became of the papers.
    func papersDocument(_ stack: PaperStack) {
        json.object {
            json.text("format", "vigie-papers/1")
            papers(stack)
        }
        sink.write("\n")
    }

    /// Everything.
    func document(_ stack: PaperStack) {
        json.object {
            json.text("format", "vigie-papers/1")
            papers(stack)
            json.list("statements") { for statement in stack.statements { write(statement) } }
            json.list("filings") { for filing in stack.filings { write(filing) } }
            json.list("events") { for event in stack.events { write(event) } }
            json.list("corrections") {
                for correction in stack.corrections {
                    json.object {
                        json.text("corrected", correction.corrected)
                        json.text("by", correction.by)
                        json.text("published", correction.published.description)
                    }
                }
            }
            json.list("register") { for entry in stack.registerEntries { write(entry) } }
            json.list("ledgers") {
                for book in stack.books { write(book) }
                for ledger in stack.ledgers { write(ledger) }
            }
            writeTrade(stack)
        }
        sink.write("\n")
    }

    // MARK: Papers and findings

    private func papers(_ stack: PaperStack) {
        json.list("papers") {
            for paper in stack.papers {
                json.object {
                    json.text("file", paper.name)
                    json.text("kind", paper.kind?.name)
                    json.integer("read", paper.counts.read)
                    json.integer("kept", paper.counts.kept)
                    json.integer("set_aside", paper.counts.setAside)
                    json.text("error", (paper.failure?.message).map(language.failure))
                    json.text("hint", (paper.failure?.hint).map(language.failure))
                    json.object("finding_counts") {
                        for (code, count) in paper.findings.counts.sorted(by: {
                            $0.key.rawValue < $1.key.rawValue
                        }) {
                            json.integer(code.rawValue, count)
                        }
                    }
                    json.list("findings") {
                        for finding in paper.findings.kept { write(finding) }
                    }
                }
            }
        }
    }

    private func write(_ finding: Finding) {
        json.object {
            json.text("code", finding.code.rawValue)
            json.text("severity", finding.severity.rawValue)
            json.integer("line", Int(finding.source.line))
            json.text("field", finding.field)
            json.list("values") { for value in finding.values { json.text(nil, value) } }
            json.text("text", finding.text(inFrench: language == .fr))
        }
    }

    /// Where a fact was read.
    func source(_ place: PaperReference) {
        json.object("source") {
            json.integer("paper", Int(place.paper))
            json.integer("line", Int(place.line))
        }
    }

    // MARK: Facts

    private func write(_ statement: FinancialStatement) {
        json.object {
            json.text("siren", statement.siren?.description)
            json.text("closing", statement.closing.description)
            json.integer("months", statement.months)
            json.text("form", statement.form.rawValue)
            json.text("rules", statement.rules.rawValue)
            source(statement.source)
            json.object("lines") {
                for (line, cents) in statement.amounts {
                    json.text(line.description, CentsText.text(cents))
                }
            }
        }
    }

    private func write(_ filing: FiledAccounts) {
        json.object {
            json.text("siren", filing.siren.description)
            json.text("closing", filing.closing.description)
            json.text("filed", filing.filed?.description)
            json.text("type", filing.type)
            json.text("processing", filing.processing)
            source(filing.source)
        }
    }

    private func write(_ event: LegalEvent) {
        json.object {
            json.text("siren", event.siren.description)
            json.text("event", event.kind.rawValue)
            json.text("proceeding", event.proceeding?.rawValue)
            json.text("decided", event.decided?.description)
            json.text("published", event.published.description)
            json.text("notice", event.notice)
            source(event.source)
        }
    }

    private func write(_ entry: RegisterEntry) {
        json.object {
            json.text("siren", entry.siren.description)
            json.text("name", entry.name)
            json.bool("active", entry.isActive)
            json.text("since", entry.since?.description)
            json.text("created", entry.created?.description)
            json.text("legal_form", entry.legalForm)
            json.text("activity", entry.activity)
            json.text("nomenclature", entry.nomenclature)
            json.integer("headcount_least", entry.headcount?.least)
            json.integer("headcount_most", entry.headcount?.most)
            json.bool("hidden", entry.isHidden)
            source(entry.source)
        }
    }
}
