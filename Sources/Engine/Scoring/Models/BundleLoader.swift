// SPDX-License-Identifier: Apache-2.0

// Reads and checks the files of a bundle. It goes on after a problem as far as it
// can, so that a user sees all of them at once.

internal import Digests
internal import Documents
internal import Forest
internal import Formulas
internal import ModelFormats
internal import VigieLimits

/// What the files of a bundle say, checked.
struct BundleLoader {
    let manifest: Manifest
    let contentHash: String
    let modelCard: String
    let inputColumns: [InputColumn]
    /// Computes the features; nil when they are the columns.
    let program: ExpressionProgram?
    let form: ModelForm

    /// Loads a bundle.
    ///
    /// - Throws: All problems found.
    init(_ bundle: BundleFiles) throws(BundleError) {
        let manifestBytes = try bundle.read(
            BundleFiles.manifestName,
            limitBytes: ScoringLimits.manifestBytes
        )
        let problems = ProblemList(file: BundleFiles.manifestName)
        let root = try DocumentValue(json: manifestBytes, file: BundleFiles.manifestName)
        let manifest = Manifest(reading: DocumentReader(root, problems))
        try problems.checkReadable()
        manifest.check(problems)
        let columnsOfInputs = manifest.inputColumns(dictionaries: nil).ofInputs
        let program = manifest.compileExpressions(columns: columnsOfInputs, problems)

        var found = problems.problems
        var digests = Digest.sha256(manifestBytes)
        var remaining = ScoringLimits.bundleBytes - manifestBytes.count
        var model: LoadedModel?
        do {
            let bytes = try bundle.read(manifest.modelFile, limitBytes: remaining)
            remaining -= bytes.count
            let digest = Digest.sha256(bytes)
            digests += digest
            found += Self.checkDigest(digest, manifest)
            model = try LoadedModel(bytes, manifest: manifest)
        } catch { found += error.problems }
        var modelCard = ""
        do {
            if let file = manifest.modelCardFile {
                let bytes = try bundle.read(file, limitBytes: remaining)
                digests += Digest.sha256(bytes)
                modelCard = try Self.text(bytes, file: file)
            }
        } catch { found += error.problems }
        let conflicts = ProblemList(file: BundleFiles.manifestName)
        let dictionaries = manifest.dictionaries(ofModel: model?.categories ?? [], conflicts)
        found += conflicts.problems
        guard found.isEmpty, let model else {
            throw BundleError(
                code: .invalid,
                problems: Array(found.prefix(DocumentLimits.problems))
            )
        }
        self.manifest = manifest
        inputColumns = manifest.inputColumns(dictionaries: dictionaries).columns
        self.program = program
        form = model.form
        self.modelCard = modelCard
        self.contentHash = Digest.hexadecimal(Digest.sha256(digests))
    }

    private static func checkDigest(_ digest: [UInt8], _ manifest: Manifest) -> [DocumentProblem] {
        let found = Digest.hexadecimal(digest)
        guard found != manifest.modelSHA256 else { return [] }
        let message =
            "is not that of \(manifest.modelFile), which is \(found): the file was changed or "
            + "damaged, or the manifest belongs to another one."
        return [
            DocumentProblem(file: BundleFiles.manifestName, path: "model.sha256", message: message)
        ]
    }

    private static func text(_ bytes: [UInt8], file: String) throws(BundleError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw BundleError(file: file, message: "is not valid UTF-8.")
        }
        return text
    }
}

/// What a model file gives.
private struct LoadedModel {
    let form: ModelForm
    /// What the values of its features are, where they are categories.
    let categories: [CategoryDictionary?]

    /// Reads a model file.
    init(_ bytes: [UInt8], manifest: Manifest) throws(BundleError) {
        let featureNames = manifest.features.map(\.name)
        switch manifest.modelFormat {
        case .scorecard:
            form = .scorecard(
                try Scorecard(json: bytes, file: manifest.modelFile, featureNames: featureNames)
            )
            categories = []
        case .file:
            let program: ModelProgram
            do {
                program = try Self.program(bytes, manifest)
            } catch {
                throw BundleError(file: manifest.modelFile, message: "\(error)")
            }
            form = try ModelForm(program, manifest: manifest, featureNames: featureNames)
            categories = program.inputs.map(\.categories)
        }
    }

    /// What the manifest says of columns comes before what the file lets guess, unless it names
    /// others than those that the file has categories for.
    private static func program(
        _ bytes: [UInt8],
        _ manifest: Manifest
    ) throws(ModelFormatError) -> ModelProgram {
        let trees = manifest.modelTrees
        if let columns = manifest.categoricalColumns,
            let program = try? ModelFile.read(bytes, trees: trees, categoricalColumns: columns)
        {
            return program
        }
        return try ModelFile.read(bytes, trees: trees)
    }
}

extension ModelForm {
    fileprivate init(
        _ program: ModelProgram,
        manifest: Manifest,
        featureNames: [String]
    ) throws(BundleError) {
        let problems = ProblemList(file: manifest.modelFile)
        if program.format != manifest.modelFormat.rawValue {
            problems.add(
                "",
                "is of format \(program.format), not \(manifest.modelFormat.rawValue)."
            )
        }
        checkFeatureNames(
            program.inputs.map(\.name),
            featureNames,
            path: "feature_names",
            problems
        )
        // A raw score is what calibration takes, so a model of one output may have any meaning.
        guard let raw = program.logOdds ?? program.soleRawOutput else {
            problems.add("", "has more than one result and no probability of one event.")
            try problems.check()
            throw BundleError(file: manifest.modelFile, message: "gives no raw score.")
        }
        let keepsProbability = program.logOdds != nil && manifest.keepsProbability
        guard let trees = program.directTrees(register: raw) else {
            try problems.check()
            let probability = keepsProbability ? program.probability : nil
            self = .program(ProgramModel(program, logOdds: raw, probability: probability))
            return
        }
        if !(trees.ensemble.rawScoreBound <= ScoringLimits.rawScoreMagnitude) {
            problems.add(
                "",
                "has leaf values that can add up to more than "
                    + "\(ScoringLimits.rawScoreMagnitude)."
            )
        }
        try problems.check()
        self = .trees(
            TreeModel(
                trees.ensemble,
                rawScoreDivisor: trees.divisor,
                takesFloat32: program.arithmetic == .float32,
                link: keepsProbability ? ProbabilityLink(trees.link) : nil
            )
        )
    }
}

extension ModelProgram {
    /// The raw output of a model that has one.
    fileprivate var soleRawOutput: Int? { rawOutputs.count == 1 ? rawOutputs[0].register : nil }
}

extension TreeEnsemble {
    /// A bound of the magnitude of every raw score, and of every sum on the way to it.
    fileprivate var rawScoreBound: Double {
        (0..<treeCount).reduce(0.0) { sum, tree in
            sum
                + leafValues[leafOffsets[tree]..<leafOffsets[tree + 1]]
                .reduce(0.0) { max($0, abs($1)) }
        }
    }
}

extension Manifest {
    /// Whether log-odds stay as the model gives them, so that its own probability stands.
    fileprivate var keepsProbability: Bool {
        calibration == .identity && prior.trainingBaseRate == prior.targetBaseRate
    }

    /// The columns that callers can send, and for each input those of its fiscal years.
    ///
    /// All items of the latest year come first, then all of the year before, and so on.
    ///
    /// - Parameter dictionaries: The categories of each input, or without inputs of each feature;
    ///   nil for none.
    fileprivate func inputColumns(
        dictionaries: [CategoryDictionary?]?
    ) -> (columns: [InputColumn], ofInputs: [[Int]]) {
        guard let inputs else {
            let columns = features.enumerated().map { InputColumn($1, dictionaries?[$0]) }
            return (columns, [])
        }
        var columns: [InputColumn] = []
        var ofInputs = [[Int]](repeating: [], count: inputs.count)
        for year in 0..<max(1, min(yearsMaximum, ScoringLimits.years)) {
            for (index, input) in inputs.enumerated() where year == 0 || input.isYearly {
                ofInputs[index].append(columns.count)
                columns.append(InputColumn(input, yearsEarlier: year, dictionaries?[index]))
            }
        }
        return (columns, ofInputs)
    }
}

extension InputColumn {
    fileprivate init(_ feature: ManifestFeature, _ categories: CategoryDictionary?) {
        self.init(
            name: feature.name,
            unit: feature.unit,
            description: feature.label,
            isRequired: true,
            isMissingAllowed: feature.isMissingAllowed,
            invalidPolicy: feature.invalidPolicy,
            range: feature.range,
            categories: categories
        )
    }

    /// Earlier years are never required: a young company has none.
    fileprivate init(
        _ input: ManifestInput,
        yearsEarlier: Int,
        _ categories: CategoryDictionary?
    ) {
        self.init(
            name: yearsEarlier == 0 ? input.name : "\(input.name)@\(yearsEarlier)",
            unit: input.unit,
            description: input.description,
            isRequired: input.isRequired && yearsEarlier == 0,
            isMissingAllowed: input.isMissingAllowed || yearsEarlier > 0,
            invalidPolicy: input.invalidPolicy,
            range: input.range,
            categories: categories
        )
    }
}
