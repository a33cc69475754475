// SPDX-License-Identifier: Apache-2.0

// The models of a server, found by name or by name and version. Immutable: a
// server that gets other models gets another registry.

internal import BundleStore
package import Callers
package import PaymentForecast
package import ProceedingSurvival
package import Scoring
package import ServiceErrors
package import VigieLimits

/// The models of a server.
package struct ModelRegistry: Sendable {
    /// All models in the order of their names, the newest version of each name first.
    package let models: [ScoringModel]
    /// The model of a call that names none.
    package let defaultModel: ScoringModel
    /// What forecasts when open invoices will be paid: the newest there is; nil where none was
    /// trained.
    package private(set) var paymentForecast: TrainedForecast?
    /// What tells how proceedings go on: the newest there is; nil where none was fitted.
    package private(set) var proceedingSurvival: SurvivalModel?
    /// Names of what forecasts, as name@version.
    package var forecastNames: [String] {
        [paymentForecast?.identifier, proceedingSurvival?.identifier].compactMap(\.self)
    }
    private let modelsByName: [String: ScoringModel]

    /// Takes models.
    ///
    /// - Parameters:
    ///   - models: At least one; no two of the same name and version.
    ///   - defaultName: "name" or "name@version" of the default model; nil means the first.
    /// - Throws: INVALID_ARGUMENT, saying what is wrong with the set of models.
    package init(
        models: [ScoringModel],
        defaultName: String? = nil,
        limits: ServiceLimits = .init()
    ) throws(ServiceError) {
        guard let first = models.first else {
            throw Self.unusable("NO_MODEL", "There is no model to serve.")
        }
        guard models.count <= limits.modelsMax else {
            throw Self.unusable(
                "LIMIT_EXCEEDED",
                "There are \(models.count) models; the limit modelsMax is \(limits.modelsMax)."
            )
        }
        let ordered = models.sorted(by: Self.isBefore)
        var modelsByName: [String: ScoringModel] = [:]
        for model in ordered {
            guard modelsByName.updateValue(model, forKey: model.identifier) == nil else {
                throw Self.unusable(
                    "DUPLICATE_MODEL",
                    "There are two models \"\(model.identifier)\"."
                )
            }
            // The newest version comes first and has the plain name.
            if modelsByName[model.manifest.name] == nil {
                modelsByName[model.manifest.name] = model
            }
        }
        var chosen = first
        if let defaultName {
            guard let named = modelsByName[defaultName] else {
                let names = ordered.map(\.identifier).joined(separator: ", ")
                throw Self.unusable(
                    "UNKNOWN_MODEL",
                    "The default model \"\(defaultName)\" is not among the models: \(names)."
                )
            }
            chosen = named
        }
        self.models = ordered
        self.modelsByName = modelsByName
        self.defaultModel = chosen
    }

    /// The model that a caller names.
    ///
    /// - Parameters:
    ///   - name: "name" for the newest version, "name@version", or empty for the default.
    ///   - field: Where in the request the name stands.
    /// - Throws: NOT_FOUND.
    package func model(
        named name: String,
        field: String
    ) throws(ServiceError) -> ScoringModel {
        if name.isEmpty { return defaultModel }
        if let model = modelsByName[name] { return model }
        let shown = name.shownInMessages
        let names = models.prefix(10).map { "\"\($0.identifier)\"" }.joined(separator: ", ")
        let more = models.count > 10 ? " and \(models.count - 10) more" : ""
        throw ServiceError(
            .notFound,
            "UNKNOWN_MODEL",
            "There is no model \"\(shown)\" (\(field)). This server has \(names)\(more).",
            metadata: ["model": shown],
            detail: .resource(type: "vigie.v1.Model", name: shown)
        )
    }

    /// Refuses a model that a caller may not use.
    ///
    /// - Throws: PERMISSION_DENIED.
    package static func check(
        _ model: ScoringModel,
        for permitted: NamePatterns
    ) throws(ServiceError) {
        guard !permitted.match(model.identifier) else { return }
        throw ServiceError(
            .permissionDenied,
            "MODEL_NOT_PERMITTED",
            "You may not use the model \"\(model.identifier)\"; yours are "
                + "\(permitted.patterns.joined(separator: ", ").shownInMessages).",
            metadata: ["model": model.identifier]
        )
    }

    /// The models that a caller may use.
    package func permitted(_ permitted: NamePatterns) -> [ScoringModel] {
        models.filter { permitted.match($0.identifier) }
    }

    /// The models of a directory of bundles, or those of the product.
    ///
    /// - Parameters:
    ///   - directory: Holds one bundle or several; nil means the models of the product.
    ///   - defaultName: "name" or "name@version" of the default model; nil means the first.
    /// - Throws: What is wrong with a bundle, or with the set of models.
    package static func load(
        directory: String?,
        defaultName: String?,
        limits: ServiceLimits = .init()
    ) throws(ServiceError) -> ModelRegistry {
        let models: [ScoringModel]
        var others = OtherBundles()
        if let directory {
            let scoring = try others.take(BundleDirectory.bundles(at: directory))
            // A directory of nothing but forecasts takes no model away.
            models =
                scoring.isEmpty ? try bundledModels() : try BundleDirectory.models(of: scoring)
        } else {
            models = try bundledModels()
        }
        var registry = try ModelRegistry(models: models, defaultName: defaultName, limits: limits)
        registry.paymentForecast = others.paymentForecast
        registry.proceedingSurvival = others.proceedingSurvival
        return registry
    }

    private static func bundledModels() throws(ServiceError) -> [ScoringModel] {
        do throws(BundleError) { return try ScoringModel.bundledModels() } catch {
            throw ServiceError(.dataLoss, "BAD_BUNDLE", error.description)
        }
    }

    /// A set of models that cannot be served.
    private static func unusable(_ reason: String, _ message: String) -> ServiceError {
        ServiceError(.invalidArgument, reason, message)
    }

    private static func isBefore(_ left: ScoringModel, _ right: ScoringModel) -> Bool {
        if left.manifest.name != right.manifest.name {
            return left.manifest.name < right.manifest.name
        }
        return ModelVersion.isNewer(left.manifest.version, than: right.manifest.version)
    }
}

extension ScoringModel {
    /// "name@version".
    package var identifier: String { "\(manifest.name)@\(manifest.version)" }
}
