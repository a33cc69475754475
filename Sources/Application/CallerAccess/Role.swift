// SPDX-License-Identifier: Apache-2.0

// Roles: names for what somebody may call. Ten are built in; an access file may add more.

package import Turns

/// What a role lets somebody call.
package struct Role: Sendable, Hashable {
    /// Its name, such as "score".
    package let name: String
    /// Methods as `vigie.v1.ScoringService/ScoreRows`, or `vigie.v1.ScoringService/*` for all of a
    /// service, or `*` for all there are.
    package let methods: [String]
    /// How calls weigh of whoever has it; nil where other roles may say.
    package let priority: TurnPriority?
    /// What it is for, in words; empty for one of a file.
    package let meaning: String

    /// Makes a role.
    package init(
        _ name: String,
        methods: [String],
        priority: TurnPriority? = nil,
        meaning: String = ""
    ) {
        (self.name, self.methods) = (name, methods)
        (self.priority, self.meaning) = (priority, meaning)
    }

    /// Asks what models there are and what terms mean.
    package static let read = Role(
        "read",
        methods: [
            "vigie.v1.ModelService/*", "vigie.v1.AssessmentService/ListTerms",
            "vigie.v1.PolicyService/ListPolicies", "vigie.v1.PolicyService/DescribePolicy",
            "vigie.v1.DashboardService/CreateSignIn",
            "grpc.reflection.v1.ServerReflection/*", "grpc.reflection.v1alpha.ServerReflection/*",
            "inference.GRPCInferenceService/ServerLive",
            "inference.GRPCInferenceService/ServerReady",
            "inference.GRPCInferenceService/ServerMetadata",
            "inference.GRPCInferenceService/ModelReady",
            "inference.GRPCInferenceService/ModelMetadata",
            "inference.GRPCInferenceService/ModelConfig",
            "inference.GRPCInferenceService/ModelStatistics",
            "inference.GRPCInferenceService/RepositoryIndex",
        ],
        meaning: "ModelService, ListPolicies, DescribePolicy, ListTerms, reflection, metadata "
            + "of the Open Inference Protocol"
    )
    /// Scores, assesses and decides, and asks what models there are.
    package static let score = Role(
        "score",
        methods: read.methods + [
            "vigie.v1.ScoringService/*", "vigie.v1.AssessmentService/Assess",
            "vigie.v1.AssessmentService/BatchAssess",
            "vigie.v1.AssessmentService/StreamAssessRows", "vigie.v1.DecisionService/*",
            "inference.GRPCInferenceService/ModelInfer",
            "inference.GRPCInferenceService/ModelStreamInfer", "vigie.v1.JobService/*",
        ],
        meaning: "what read may, and all that scores, assesses and decides; his own jobs"
    )
    /// Has papers of companies read, which costs far more than to score.
    package static let papers = Role(
        "papers",
        methods: ["vigie.v1.AssessmentService/ReadPapers"],
        meaning: "ReadPapers, which costs far more"
    )
    /// Works with portfolios that are shared with him, or that he makes.
    package static let follow = Role(
        "follow",
        methods: [
            "vigie.v1.PortfolioService/*", "vigie.v1.AlertService/*", "vigie.v1.DeliveryService/*",
            "vigie.v1.CollectionService/*", "vigie.v1.DashboardService/*",
            "vigie.v1.UniverseService/ListUniverses", "vigie.v1.UniverseService/ListUniverseRuns",
            "vigie.v1.UniverseService/DescribeUniverse",
            "vigie.v1.UniverseService/UniverseHistory",
            "vigie.v1.UniverseService/ReadUniverseScores",
        ],
        meaning: "PortfolioService, AlertService, DeliveryService, CollectionService and the "
            + "page, with portfolios of his own and those that are shared with one of his roles; "
            + "what there is of universes, but neither loads nor runs"
    )
    /// Looks for companies to which more can be sold, and sees classes and headroom alone.
    package static let marketing = Role(
        "marketing",
        methods: [
            "vigie.v1.PortfolioService/ListPortfolios",
            "vigie.v1.PortfolioService/ListOpportunities",
            "vigie.v1.DashboardService/CreateSignIn",
        ],
        meaning: "the page and its opportunities, with classes and headroom and nothing else of "
            + "companies; ListPortfolios, ListOpportunities"
    )
    /// Sells, and sees what is decided on companies, without what led there.
    package static let sales = Role(
        "sales",
        methods: marketing.methods + [
            "vigie.v1.PortfolioService/ListCompanies",
            "vigie.v1.PortfolioService/DescribeTerms",
        ],
        meaning: "what marketing may, and the companies with what they owe, decisions and terms, "
            + "without scores; ListCompanies, DescribeTerms"
    )
    /// Collects what companies owe.
    package static let collect = Role(
        "collect",
        methods: [
            "vigie.v1.PortfolioService/ListPortfolios", "vigie.v1.CollectionService/*",
            "vigie.v1.DashboardService/CreateSignIn",
        ],
        meaning: "CollectionService and the page's worklist; ListPortfolios"
    )
    /// Writes policies, and asks for them to hold.
    package static let author = Role(
        "author",
        methods: read.methods + policyReview + [
            "vigie.v1.PolicyService/UploadPolicy", "vigie.v1.PolicyService/ActivatePolicy",
            "vigie.v1.PolicyService/WithdrawPolicy",
        ],
        meaning: "what read may; check, compare, simulate, upload and download policies, ask "
            + "for one to hold, take that back"
    )
    /// Looks at policies and makes them hold, or stops them.
    package static let approve = Role(
        "approve",
        methods: read.methods + policyReview + [
            "vigie.v1.PolicyService/ActivatePolicy", "vigie.v1.PolicyService/ApprovePolicy",
            "vigie.v1.PolicyService/WithdrawPolicy", "vigie.v1.PolicyService/RollBackPolicy",
            "vigie.v1.PolicyService/StopPolicy",
        ],
        meaning: "what read may; check, compare, simulate and download policies, ask for one "
            + "to hold, approve, take back, roll back, stop"
    )
    private static let policyReview = [
        "vigie.v1.PolicyService/CheckPolicy", "vigie.v1.PolicyService/DiffPolicies",
        "vigie.v1.PolicyService/SimulatePolicies", "vigie.v1.PolicyService/DownloadPolicy",
    ]
    /// Everything.
    package static let operate = Role("operate", methods: ["*"], meaning: "everything")

    /// The roles that need no file.
    package static let builtIn = [
        read, score, papers, follow, marketing, sales, collect, author, approve, operate,
    ]

    /// Whether a pattern has the form of one.
    static func isMethodPattern(_ text: String) -> Bool {
        if text == "*" { return true }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
            && !parts[0].contains("*") && (parts[1] == "*" || !parts[1].contains("*"))
    }

    /// Whether a pattern stands for a path such as `/vigie.v1.ScoringService/ScoreRows`.
    static func matches(_ pattern: String, path: String) -> Bool {
        if pattern == "*" { return true }
        let method = path.dropFirst()
        return pattern.hasSuffix("/*")
            ? method.hasPrefix(pattern.dropLast()) : method == pattern[...]
    }
}
