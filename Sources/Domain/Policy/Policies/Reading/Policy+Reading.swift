// SPDX-License-Identifier: Apache-2.0

// Makes a policy of its files. It goes on after a problem, so that all of them are told.

internal import DecisionCases
internal import Decisions
internal import Digests
internal import Documents
internal import FEEL
internal import VigieLimits

extension Policy {
    /// Names of what is decided, which scenarios may expect, beside decisions of the model.
    package static let outcomes = [
        "outcome", "class", "limit", "own_limit", "need", "binding", "term_days", "deposit",
        "prepayment", "action", "role", "guarantees", "clauses", "valid_until", "missing",
    ]

    /// Reads a policy.
    ///
    /// - Throws: All that is wrong with it.
    package static func read(_ files: [PolicyFile]) throws(PolicyError) -> Policy {
        let problems = PolicyProblems()
        let policy = PolicyBuilder(files, problems).policy()
        guard problems.isEmpty, let policy else {
            throw PolicyError(problems: problems.problems)
        }
        return policy
    }
}

/// Makes a policy of its files.
private struct PolicyBuilder {
    let files: [String: PolicyFile]
    let problems: PolicyProblems

    init(_ files: [PolicyFile], _ problems: PolicyProblems) {
        var byPath: [String: PolicyFile] = [:]
        for file in files { byPath[file.path] = file }
        (self.files, self.problems) = (byPath, problems)
    }

    func policy() -> Policy? {
        guard files.count <= PolicyLimits.files else {
            problems.add("", "", "a policy has more than \(PolicyLimits.files) files.")
            return nil
        }
        guard files.values.reduce(0, { $0 + $1.bytes.count }) <= PolicyLimits.bytes else {
            problems.add("", "", "a policy has more than \(PolicyLimits.bytes) bytes.")
            return nil
        }
        guard let file = files[PolicyManifest.fileName] else {
            problems.add(PolicyManifest.fileName, "", "is missing; every policy has one.")
            return nil
        }
        let manifest = PolicyManifest.read(file, problems)
        let sources = decisionFiles(manifest?.modelFile)
        let model = model(sources)
        guard let manifest, let model else {
            // What can be looked at without them is told all the same.
            _ = tests()
            if let manifest {
                refuseUnknownFiles(manifest)
                _ = scenarios(manifest)
                _ = catalogues(manifest, nil, [])
            }
            return nil
        }
        PolicyChecks(manifest: manifest, model: model, problems: problems).run()
        refuseUnknownFiles(manifest)
        let rules = Set(model.tables.flatMap { $0.rules.map(\.id) }).subtracting([""])
        let catalogues = catalogues(manifest, model, rules)
        CellChecks(manifest: manifest, model: model, problems: problems)
            .run(guarantees: catalogues.0, clauses: catalogues.1)
        return Policy(
            manifest: manifest,
            decisions: (model, sources),
            tables: tables(manifest, model),
            texts: texts(manifest, rules),
            catalogues: catalogues,
            cases: (tests(), scenarios(manifest)),
            hashes: hashes()
        )
    }

    // MARK: - Decisions

    private func decisionFiles(_ first: String?) -> [DecisionFile] {
        let paths = files.keys.filter { $0.hasSuffix(".dmn") && !$0.contains("/") }.sorted()
        if let first, !paths.contains(first) {
            let hint = NearestName.hint(paths, to: first)
            problems.add(PolicyManifest.fileName, "model", "there is no file \"\(first)\".\(hint)")
        }
        let ordered = paths.filter { $0 == first } + paths.filter { $0 != first }
        return ordered.compactMap { path in
            files[path].map { DecisionFile(name: path, bytes: $0.bytes) }
        }
    }

    private func model(_ sources: [DecisionFile]) -> DecisionModel? {
        guard !sources.isEmpty else { return nil }
        do throws(DecisionModelError) {
            return try DecisionModel.read(sources, .strict)
        } catch {
            for problem in error.problems {
                problems.add(problem.place.file, problem.place.words, problem.message + ".")
            }
            return nil
        }
    }

    // MARK: - Parts

    private func tables(
        _ manifest: PolicyManifest,
        _ model: DecisionModel
    ) -> [ReferenceTable] {
        manifest.tables.compactMap { declared in
            let path = ReferenceTable.folder + declared.name + ".csv"
            guard let file = files[path] else {
                problems.add(path, "", "is missing; \(PolicyManifest.fileName) names the table.")
                return nil
            }
            let type = model.node(declared.name).map { model.nodes[$0].type.type }
            let table = ReferenceTable(declared, file, type: type, problems)
            table?.checkAllowed(path, model, problems)
            if declared.name == Policy.legalTermsTable {
                table?.checkLegalTerms(
                    path,
                    from: manifest.effectiveFrom,
                    to: manifest.effectiveTo,
                    problems
                )
            }
            return table
        }
    }

    private func texts(_ manifest: PolicyManifest, _ rules: Set<String>) -> RuleTexts {
        var found: [PolicyLanguage: PolicyFile] = [:]
        for language in PolicyLanguage.allCases {
            found[language] = files[RuleTexts.fileName(language)]
        }
        return RuleTexts(found, manifest.languages, rules: rules, problems)
    }

    private func catalogues(
        _ manifest: PolicyManifest,
        _ model: DecisionModel?,
        _ rules: Set<String>
    ) -> ([Guarantee], [Clause], [LintWaiver]) {
        let languages = manifest.languages
        let known =
            manifest.inputs.map(\.name) + PolicyCircumstance.allCases.map(\.rawValue)
            + PolicyResult.allCases.map(\.rawValue) + Clause.ownData
        return (
            files[Guarantee.fileName].map { Guarantee.read($0, languages, problems) } ?? [],
            files[Clause.fileName].map {
                Clause.read($0, languages, known: known, problems)
            } ?? [],
            model.flatMap { model in
                files[LintWaiver.fileName].map {
                    LintWaiver.read(
                        $0,
                        known: (model.nodes(.decision).map { model.nodes[$0].name }, rules),
                        tables: manifest.tables.map(\.name),
                        problems
                    )
                }
            } ?? []
        )
    }

    private func tests() -> [DecisionTestFile] {
        files.keys.filter { $0.hasPrefix("tests/") && $0.hasSuffix(".xml") }.sorted()
            .compactMap { path in
                guard let file = files[path] else { return nil }
                do throws(DocumentError) {
                    return try DecisionTestFile(name: path, bytes: file.bytes)
                } catch {
                    problems.add(path, error.place, error.message + ".")
                    return nil
                }
            }
    }

    private func scenarios(_ manifest: PolicyManifest) -> [ScenarioFile] {
        files.keys.filter { $0.hasPrefix("tests/") && $0.hasSuffix(".csv") }.sorted()
            .compactMap { path in
                let file = files[path].flatMap { ScenarioFile($0, manifest, problems) }
                if file?.scenarios.isEmpty ?? false {
                    problems.add(path, "", "names no company; give it a row each, or take it out.")
                }
                return file
            }
    }

    private func refuseUnknownFiles(_ manifest: PolicyManifest) {
        let tables = manifest.tables.map { ReferenceTable.folder + $0.name + ".csv" }
        let named =
            [
                PolicyManifest.fileName, Guarantee.fileName, Clause.fileName, LintWaiver.fileName,
                "README.md",
            ] + PolicyLanguage.allCases.map(RuleTexts.fileName) + tables
        for path in files.keys.sorted() where !named.contains(path) {
            let isModel = path.hasSuffix(".dmn") && !path.contains("/")
            let isTest =
                path.hasPrefix("tests/") && (path.hasSuffix(".xml") || path.hasSuffix(".csv"))
            guard !isModel, !isTest else { continue }
            let hint = NearestName.hint(named, to: path)
            problems.add(path, "", "is no part of a policy; take it out.\(hint)")
        }
    }

    /// The hash of each file, and one over names and hashes in the order of the names, so that
    /// nothing can be moved from one file to the next.
    private func hashes() -> ([String: String], String) {
        let parts = files.mapValues { Digest.hexadecimal(Digest.sha256($0.bytes)) }
        let ordered = parts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let lines = ordered.map { "\($0.value)  \($0.key)\n" }.joined()
        return (parts, Digest.hexadecimal(Digest.sha256(Array(lines.utf8))))
    }
}
