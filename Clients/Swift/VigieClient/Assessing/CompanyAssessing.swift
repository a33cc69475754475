// SPDX-License-Identifier: Apache-2.0

// What assesses companies: a client of a server, the library in this process, or what a test puts
// in its place.

/// Whatever assesses companies: ``ScoringClient``, or `CompanyAssessor` of the library
/// VigieAssessment, which needs no server and gives the same figures.
///
/// Later versions add methods only with an implementation, so that what conforms today goes on to.
public protocol CompanyAssessing: Sendable {
    /// Assesses companies.
    ///
    /// - Parameters:
    ///   - companies: What is known of each.
    ///   - options: Model, day, reasons, parts, deadline and headers.
    /// - Returns: For each company, in their order, its assessment or what is wrong with its facts.
    /// - Throws: ``VigieError`` for what concerns all of them, or `CancellationError`.
    func assess(
        _ companies: [CompanyFacts],
        options: AssessmentOptions
    ) async throws -> [Result<CompanyAssessment, VigieError>]
}

extension CompanyAssessing {
    /// Assesses one company.
    ///
    /// - Parameters:
    ///   - company: What is known of it.
    ///   - options: Model, day, reasons, parts, deadline and headers.
    /// - Returns: The assessment. One that cannot be scored has its outcome.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func assess(
        _ company: CompanyFacts,
        options: AssessmentOptions = .default
    ) async throws -> CompanyAssessment {
        guard let answer = try await assess([company], options: options).first else {
            throw VigieError.badResponse("One company got no answer.")
        }
        return try answer.get()
    }
}
