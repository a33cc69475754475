// SPDX-License-Identifier: Apache-2.0

// What a server can score with, and whether it is well.

extension VigieClient {
    /// Lists the models of the server in the order of their names.
    ///
    /// - Returns: The models.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listModels() async throws -> [ModelSummary] {
        throw VigieError(code: .unimplemented, message: "")
    }

    /// Describes one model in full.
    ///
    /// - Parameter name: Name of the model, or `name@version`; `nil` for the default model.
    /// - Returns: The description.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for an unknown model, or
    ///   `CancellationError` when the task was cancelled.
    public func describeModel(_ name: String? = nil) async throws -> ModelDescription {
        throw VigieError(code: .unimplemented, message: "")
    }

    /// Asks for the state of the server or of one of its services.
    ///
    /// - Parameter service: Name of the service, such as `vigie.v1.ScoringService`; empty for the
    ///   server as a whole.
    /// - Returns: The state.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for an unknown service, or
    ///   `CancellationError` when the task was cancelled.
    public func health(service: String = "") async throws -> HealthStatus {
        throw VigieError(code: .unimplemented, message: "")
    }
}
