// SPDX-License-Identifier: Apache-2.0

// `vigie worklist proceedings`: how a customer's proceedings are likely to go on.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

/// Tells how proceedings go on.
struct WorklistProceedingsCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "proceedings",
        abstract: "Tells how a customer's proceedings are likely to go on.",
        discussion: """
            By a model that was fitted on proceedings that really were; where the server has \
            none, it says so and tells no figure.

            EXAMPLE
              vigie worklist proceedings customers siren:732829320 --headcount 12
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var named: OneCompanyArgument
    @OptionGroup var collection: CollectionOptions

    @Option(help: "People that the company employs; left out where nobody knows.")
    var headcount: Int?

    @Option(help: "When it was founded, as YYYY-MM-DD; left out where nobody knows.")
    var founded = ""

    @Option(help: "Its activity in the French nomenclature, such as 43.21A.")
    var activity = ""

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func validate() throws {
        guard headcount.map({ $0 >= 0 && $0 <= Int(Int32.max) }) ?? true else {
            throw ValidationError("--headcount is a number of people.")
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let outlook = try await client.forecastProceedings(
            of: named.company.identifier,
            in: portfolio.name,
            asOf: collection.asOf,
            headcount: headcount,
            founded: founded,
            activity: activity
        )
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: ProceedingText.write(outlook, to: sink)
        case .table:
            let words = ProceedingText(isFrench: collection.language == .french)
            sink.write(words.text(outlook, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Proceedings for people, in French and English, and as JSON.
struct ProceedingText {
    let isFrench: Bool

    private func words(_ english: String, _ french: String) -> String {
        isFrench ? french : english
    }

    func text(_ outlook: ProceedingOutlook, _ terminal: Terminal) -> String {
        let since =
            outlook.since.isEmpty
            ? "" : words("in proceedings since ", "en procédure depuis le ") + outlook.since
        if let gap = outlook.gap {
            return escaped([since, text(gap)].filter { !$0.isEmpty }.joined(separator: "; ")) + "\n"
        }
        let table = TextTable.text(
            columns: [
                (words("months", "mois"), .right), (words("still open", "en cours"), .right),
                (words("plan", "plan"), .right), (words("liquidation", "liquidation"), .right),
                (words("sale", "cession"), .right), (words("closure", "clôture"), .right),
            ],
            rows: outlook.prospects.map { prospect in
                ["\(prospect.months)"]
                    + [
                        prospect.stillOpen, prospect.plan, prospect.conversion, prospect.cession,
                        prospect.closure,
                    ].map(percent)
            },
            terminal: terminal
        )
        var lines = [since, model(outlook)]
        if !outlook.unknownFeatures.isEmpty {
            lines.append(
                words(
                    "taken for an average one, as the model has no figure: ",
                    "pris pour la moyenne, faute de chiffre dans le modèle : "
                )
                    + outlook.unknownFeatures.joined(separator: ", ")
            )
        }
        return table + lines.map { escaped($0) + "\n" }.joined()
    }

    private func text(_ gap: ProceedingGap) -> String {
        switch gap {
        case .noModel:
            words(
                "no figure: the server has no model that was fitted on real proceedings",
                "aucun chiffre : le serveur n’a pas de modèle ajusté sur de vraies procédures"
            )
        case .noProceedings:
            words("the company is in no proceedings", "l’entreprise n’est pas en procédure")
        case .plan:
            words(
                "no figure: a plan is carried out",
                "aucun chiffre : un plan est en cours d’exécution"
            )
        case .beyondModel:
            words(
                "no figure: they have lasted longer than the model knows of",
                "aucun chiffre : elles durent depuis plus longtemps que le modèle ne connaît"
            )
        case .other: words("no figure", "aucun chiffre")
        }
    }

    private func model(_ outlook: ProceedingOutlook) -> String {
        words("model ", "modèle ") + outlook.model
            + words(", fitted on ", ", ajusté sur ") + "\(outlook.proceedingCount)"
            + words(" proceedings up to ", " procédures jusqu’au ") + outlook.trainedUntil
    }

    private func percent(_ part: Double) -> String {
        guard part.isFinite else { return "–" }
        let tenths = Int((min(max(part, 0), 1) * 1_000).rounded())
        return "\(tenths / 10)\(isFrench ? "," : ".")\(tenths % 10) %"
    }

    static func write(_ outlook: ProceedingOutlook, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.text("since_date", outlook.since)
            writer.text("gap", outlook.gap.map(Self.code) ?? "")
            writer.text("model", outlook.model)
            writer.text("model_hash", outlook.modelHash)
            writer.text("trained_until_date", outlook.trainedUntil)
            writer.integer("proceeding_count", outlook.proceedingCount)
            writer.list("unknown_features") {
                for feature in outlook.unknownFeatures { writer.text(nil, feature) }
            }
            writer.list("prospects") {
                for prospect in outlook.prospects {
                    writer.object {
                        writer.integer("months", prospect.months)
                        writer.number("still_open", prospect.stillOpen)
                        writer.number("plan", prospect.plan)
                        writer.number("conversion", prospect.conversion)
                        writer.number("cession", prospect.cession)
                        writer.number("closure", prospect.closure)
                    }
                }
            }
        }
        sink.write("\n")
    }

    private static func code(_ gap: ProceedingGap) -> String {
        switch gap {
        case .noModel: "no_model"
        case .noProceedings: "no_proceedings"
        case .plan: "plan"
        case .beyondModel: "beyond_model"
        case .other: "other"
        }
    }
}
