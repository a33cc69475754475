// SPDX-License-Identifier: Apache-2.0

// `vigie assess --what-if` and `--reach`: what is asked, and the answers for people and programs.

internal import ArgumentParser
internal import Assessment
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Documents
internal import StatementAnalysis

/// The options of questions beside an assessment.
struct WhatIfOptions: ParsableArguments {
    @Option(
        name: .customLong("what-if"),
        help: ArgumentHelp(
            "What would be said then: equity=+200k, late=0, FW=-10%; can be given again.",
            valueName: "change"
        )
    )
    var changes: [String] = []

    @Option(
        help: ArgumentHelp("The smallest change that reaches a class.", valueName: "class=number")
    )
    var reach: String?

    @Option(
        help: ArgumentHelp(
            "Quartiles of ratios by group: a table ratio, segment, q1, median, q3, year.",
            valueName: "file"
        ),
        completion: .file(extensions: ["csv"])
    )
    var quartiles: String?

    func validate() throws {
        for text in changes {
            guard let change = FactChange(text) else { continue }
            do throws(WhatIfError) { try change.check() } catch {
                throw ValidationError("--what-if \(text): \(error.text(inFrench: false))")
            }
        }
        guard WhatIfQuestions(changes: changes, reach: reach) != nil else {
            throw ValidationError(
                "write --what-if equity=+200k (or -10%, late=0) and --reach class=3"
            )
        }
    }

    /// Throws if a class is asked for that a bundle of so many does not have.
    func check(_ classCount: Int) throws {
        guard let wanted = WhatIfQuestions(changes: [], reach: reach)?.riskClass,
            wanted > classCount
        else { return }
        throw CommandFailure(.usage, "--reach \(wanted): classes are 1 to \(classCount)")
    }

    /// What is asked, answered for each company.
    func answers(
        _ assessor: Assessor,
        _ companies: [CompanyFacts],
        _ request: Assessor.Options,
        _ assessments: [Assessment],
        _ stack: PaperStack
    ) throws -> [WhatIfQuestions.Answers] {
        guard let questions = WhatIfQuestions(changes: changes, reach: reach) else { return [] }
        var tables: [Quartiles] = []
        if let quartiles {
            var findings = Findings(keptPerCodeMax: 1)
            let buffer = InputBuffer(try ByteSource.open(path: quartiles))
            tables.append(try Quartiles(buffer, paper: 0, findings: &findings))
        }
        if !stack.publishedRatios.isEmpty { tables.append(Quartiles(stack.publishedRatios)) }
        return zip(companies, assessments).map { facts, before in
            var answers = questions.answers(assessor, facts, request, before: before)
            let entry = facts.registerEntries.last { $0.activity != nil }
            for table in tables where answers.places.isEmpty {
                answers.places = before.places(in: table, entry)
            }
            return answers
        }
    }
}

/// What is asked of each company beside its assessment.
struct WhatIfQuestions {
    var changes: [FactChange] = []
    var riskClass: UInt32?

    /// The answers for a company.
    struct Answers {
        var before: Assessment
        var places: [QuartilePlace] = []
        var answer: Result<WhatIf.Answer, WhatIfError>?
        var reach: Result<[WhatIf.Reach], WhatIfError>?
        var riskClass: UInt32?

        func write(to json: JSONWriter, inFrench isFrench: Bool) {
            WhatIfQuestions.write(self, to: json, inFrench: isFrench)
        }
    }

    /// Reads what was asked; nil where that makes no sense.
    init?(changes texts: [String], reach: String?) {
        for text in texts {
            guard let change = FactChange(text) else { return nil }
            changes.append(change)
        }
        guard let reach else { return }
        let number = reach.split(separator: "=").last ?? ""
        guard reach == number || reach.hasPrefix("class="), let wanted = UInt32(number),
            wanted > 0
        else { return nil }
        riskClass = wanted
    }

    var isEmpty: Bool { changes.isEmpty && riskClass == nil }

    func answers(
        _ assessor: Assessor,
        _ facts: CompanyFacts,
        _ options: Assessor.Options,
        before: Assessment
    ) -> Answers {
        let question = WhatIf(assessor, facts, options, before: before)
        var answers = Answers(before: before, riskClass: riskClass)
        if !changes.isEmpty {
            answers.answer = Result { () throws(WhatIfError) in try question.assess(changes) }
        }
        if let riskClass {
            answers.reach = Result { () throws(WhatIfError) in try question.reach(riskClass) }
        }
        return answers
    }
}
