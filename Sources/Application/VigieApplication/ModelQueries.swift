// SPDX-License-Identifier: Apache-2.0

// What one can ask about models.

package import Callers
package import Scoring
package import ServiceErrors
package import VigieLimits

/// A model, as one among those that are served.
package struct ServedModel: Sendable {
    /// The model.
    package let model: ScoringModel
    /// Whether it is the model of calls that name none.
    package let isDefault: Bool
}

/// Some of the models, in their order.
package struct ModelPage: Sendable {
    /// The models.
    package let models: [ServedModel]
    /// Asks for the next page; nil on the last.
    package let nextToken: String?
}

/// Answers questions about the models of a server.
package struct ModelQueries: Sendable {
    private let registry: ModelRegistry
    private let limits: ServiceLimits

    /// Makes the queries of some models.
    package init(registry: ModelRegistry, limits: ServiceLimits = .init()) {
        self.registry = registry
        self.limits = limits
    }

    /// A page of the models.
    ///
    /// - Parameters:
    ///   - pageSize: Most models of the page; 0 leaves the choice to the server.
    ///   - pageToken: The token that the page before gave; empty for the first page.
    ///   - permitted: The models that the caller may use; no others are listed.
    /// - Throws: INVALID_ARGUMENT.
    package func list(
        pageSize: Int,
        pageToken: String,
        permitted: NamePatterns = .all
    ) throws(ServiceError) -> ModelPage {
        guard pageSize >= 0 else {
            throw .negativePageSize(pageSize)
        }
        let models = registry.permitted(permitted)
        let rest = models[try index(afterToken: pageToken, in: models)...]
        let wanted = pageSize == 0 ? limits.pageModelsDefault : pageSize
        let page = rest.prefix(min(wanted, limits.pageModelsMax))
        return ModelPage(
            models: page.map(served),
            nextToken: page.count < rest.count ? page.last?.identifier : nil
        )
    }

    /// A model by its name.
    ///
    /// - Parameters:
    ///   - name: "name" for the newest version, "name@version", or empty for the default.
    ///   - permitted: The models that the caller may use.
    /// - Throws: NOT_FOUND, PERMISSION_DENIED.
    package func describe(
        named name: String,
        permitted: NamePatterns = .all
    ) throws(ServiceError) -> ServedModel {
        let model = try registry.model(named: name, field: "name")
        try ModelRegistry.check(model, for: permitted)
        return served(model)
    }

    /// A model with the quantiser that callers may use.
    ///
    /// - Parameters:
    ///   - name: "name" for the newest version, "name@version", or empty for the default.
    ///   - permitted: The models that the caller may use.
    /// - Throws: NOT_FOUND, PERMISSION_DENIED, or FAILED_PRECONDITION saying why there is no
    ///   quantiser.
    package func quantiser(
        named name: String,
        permitted: NamePatterns = .all
    ) throws(ServiceError) -> (model: ScoringModel, quantiser: ModelQuantiser) {
        let model = try registry.model(named: name, field: "name")
        try ModelRegistry.check(model, for: permitted)
        return (model, try model.quantiserForCallers())
    }

    private func served(_ model: ScoringModel) -> ServedModel {
        ServedModel(model: model, isDefault: model === registry.defaultModel)
    }

    /// Where the page begins whose token was given: after the model that the token names.
    private func index(
        afterToken token: String,
        in models: [ScoringModel]
    ) throws(ServiceError) -> Int {
        if token.isEmpty { return 0 }
        guard let last = models.firstIndex(where: { $0.identifier == token }) else {
            throw .unknownPageToken(token)
        }
        return last + 1
    }
}
