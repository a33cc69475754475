// SPDX-License-Identifier: Apache-2.0

// Papers as questions to a policy.

internal import Assessment
internal import CompanyPapers
internal import CreditPolicy
internal import Policies
internal import Quantities
internal import Scoring
internal import VigieApplication

/// Facts out of papers.
enum AssessedFacts {
    /// A question about each company that papers tell of.
    static func questions(
        _ papers: [String],
        _ policy: Policy,
        asOf: CalendarDate
    ) throws -> [(siren: SIREN?, question: CreditQuestion)] {
        let companies = try PaperOptions.read(papers).companies(asOf: asOf)
        let models = try ScoringModel.bundledModels()
        guard let model = models.first else { return [] }
        let assessor = try Assessor(model: model, card: models.dropFirst().first)
        let names = Set(policy.manifest.inputs.map(\.name))
        return try assessor.assess(companies, Assessor.Options(asOf: asOf)).map { assessment in
            let question = CreditQuestion(
                company: assessment.name ?? assessment.siren?.description ?? "",
                asOf: asOf,
                facts: assessment.policyFacts.filter { names.contains($0.key) }
            )
            return (assessment.siren, question)
        }
    }
}
