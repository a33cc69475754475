// SPDX-License-Identifier: Apache-2.0

// A policy, read and checked: who gets how much, for how long, against what. It is made once, is
// never changed and serves any number of threads.

package import DecisionCases
package import Decisions

/// A policy.
package final class Policy: Sendable {
    /// What it says of itself.
    package let manifest: PolicyManifest
    /// Its decisions.
    package let model: DecisionModel
    /// The files that its decisions stand in, the model itself first.
    package let modelFiles: [DecisionFile]
    /// Its reference tables.
    package let tables: [ReferenceTable]
    /// What is said of its rules.
    package let texts: RuleTexts
    /// The guarantees that it knows, the strongest first.
    package let guarantees: [Guarantee]
    /// The clauses that it knows.
    package let clauses: [Clause]
    /// Findings that are let stand.
    package let waivers: [LintWaiver]
    /// Tests of its decisions, in the form of DMN's compatibility kit.
    package let tests: [DecisionTestFile]
    /// Companies with what has to be decided of them.
    package let scenarios: [ScenarioFile]
    /// SHA-256 of each file, by its path, in lower-case hexadecimal.
    package let partHashes: [String: String]
    /// SHA-256 over those of all files, by their paths.
    package let contentHash: String

    init(
        manifest: PolicyManifest,
        decisions: (model: DecisionModel, files: [DecisionFile]),
        tables: [ReferenceTable],
        texts: RuleTexts,
        catalogues: (guarantees: [Guarantee], clauses: [Clause], waivers: [LintWaiver]),
        cases: (tests: [DecisionTestFile], scenarios: [ScenarioFile]),
        hashes: (parts: [String: String], content: String)
    ) {
        self.manifest = manifest
        (model, modelFiles) = decisions
        self.tables = tables
        self.texts = texts
        guarantees = catalogues.guarantees.sorted { $0.rank < $1.rank }
        (clauses, waivers) = (catalogues.clauses, catalogues.waivers)
        (tests, scenarios) = cases
        (partHashes, contentHash) = hashes
    }

    /// Name and version, such as `cautious-supplier@1.0.0`.
    package var reference: String { "\(manifest.identifier)@\(manifest.version)" }

    /// The place in the model of a decision that the calculation asks for; nil without one.
    package func place(of question: PolicyQuestion) -> Int? {
        manifest.decisions[question].flatMap { model.node($0) }
    }
}
