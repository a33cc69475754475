// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// tidy: length: the package manager reads one manifest, and each module is told in it.
import PackageDescription

/// Every Swift target is held to the same language mode and warnings.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// For what runs once a process and holds no loop over data: arguments, settings, start and end.
/// The optimiser takes most of a build, and here it gains nothing: VigieCommand and vigied cost
/// 72 s of processor time and 26 s without it, and `vigie score` takes as long as before. What
/// holds a loop stays optimised: `vigied model predict` took five times as long. Never for what the
/// product VigieClient is made of: nobody is to build that with flags such as these.
let runOnce = strict + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

let nio = "swift-nio"

let package = Package(
    name: "vigie",
    products: [
        .library(name: "VigieAssessment", targets: ["VigieAssessment"]),
        .library(name: "VigieClient", targets: ["VigieClient"]),
        .executable(name: "vigied", targets: ["vigied"]),
        .executable(name: "vigie", targets: ["vigie"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // Of tests only, which show that a client fits into a ServiceGroup.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // System libraries.
        .systemLibrary(
            name: "COpenSSL",
            path: "Sources/System/COpenSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(
            name: "CNGHTTP2",
            path: "Sources/System/CNGHTTP2",
            pkgConfig: "libnghttp2",
            providers: [.apt(["libnghttp2-dev"])]
        ),
        .systemLibrary(
            name: "CProtobufC",
            path: "Sources/System/CProtobufC",
            pkgConfig: "libprotobuf-c",
            providers: [.apt(["libprotobuf-c-dev"])]
        ),
        .systemLibrary(
            name: "CExpat",
            path: "Sources/System/CExpat",
            pkgConfig: "expat",
            providers: [.apt(["libexpat1-dev"])]
        ),
        .systemLibrary(
            name: "CZlib",
            path: "Sources/System/CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),
        .systemLibrary(
            name: "CSQLite",
            path: "Sources/System/CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),
        .systemLibrary(
            name: "CPostgreSQL",
            path: "Sources/System/CPostgreSQL",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        .systemLibrary(
            name: "CCurl",
            path: "Sources/System/CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .systemLibrary(
            name: "CZstd",
            path: "Sources/System/CZstd",
            pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"])]
        ),
        .systemLibrary(name: "CTimex", path: "Sources/System/CTimex"),

        // All limits, in one file.
        .target(name: "VigieLimits", path: "Sources/Base/VigieLimits", swiftSettings: strict),

        // Texts of others, compared by their bytes.
        .target(name: "ExactTexts", path: "Sources/Base/ExactTexts", swiftSettings: strict),

        // Numbers of 34 decimal digits.
        .target(name: "DecimalNumbers", path: "Sources/Base/DecimalNumbers", swiftSettings: strict),

        // Where sockets are.
        .target(
            name: "NetworkAddresses",
            dependencies: ["VigieLimits"],
            path: "Sources/Base/NetworkAddresses",
            swiftSettings: strict
        ),

        // Dates, money and identifiers.
        .target(name: "Quantities", path: "Sources/Base/Quantities", swiftSettings: strict),

        // SHA-256, and what goes with it.
        .target(
            name: "Digests",
            dependencies: ["COpenSSL"],
            path: "Sources/Base/Digests",
            swiftSettings: strict
        ),

        // Who calls, and what he may.
        .target(
            name: "Callers",
            dependencies: ["Turns"],
            path: "Sources/Base/Callers",
            swiftSettings: strict
        ),

        // Work that waits for threads, in turns.
        .target(name: "Turns", path: "Sources/Base/Turns", swiftSettings: strict),

        // Counters of each thread, summed when asked.
        .target(name: "Telemetry", path: "Sources/Base/Telemetry", swiftSettings: strict),

        // The one shape of errors that callers see.
        .target(name: "ServiceErrors", path: "Sources/Base/ServiceErrors", swiftSettings: strict),

        // Readers of foreign documents.
        .target(name: "CDelimitedText", path: "Sources/Base/CDelimitedText"),

        // Asks for memory before it is needed.
        .target(name: "CPrefetch", path: "Sources/Base/CPrefetch"),
        .target(
            name: "Documents",
            dependencies: ["CDelimitedText", "CExpat", "CZlib", "ExactTexts", "VigieLimits"],
            path: "Sources/Base/Documents",
            swiftSettings: strict
        ),

        // The engine: knows no sockets, clocks, files or logging.
        .target(name: "CForest", path: "Sources/Engine/CForest"),
        .target(
            name: "Forest",
            dependencies: ["CForest"],
            path: "Sources/Engine/Forest",
            swiftSettings: strict
        ),
        // The rules of decision tables.
        .target(name: "CRuleTables", path: "Sources/Engine/CRuleTables"),
        .target(
            name: "RuleTables",
            dependencies: ["CRuleTables", "VigieLimits"],
            path: "Sources/Engine/RuleTables",
            swiftSettings: strict
        ),
        .target(
            name: "Formulas",
            dependencies: ["Forest", "VigieLimits"],
            path: "Sources/Engine/Formulas",
            swiftSettings: strict
        ),
        .target(
            name: "ModelFormats",
            dependencies: [
                "Documents", "ExactTexts", "Forest", "Formulas", "ONNXProtos", "ProtobufCoding",
                "VigieLimits",
            ],
            path: "Sources/Engine/ModelFormats",
            swiftSettings: strict
        ),
        .target(
            name: "ONNXProtos",
            dependencies: ["ProtobufCoding"],
            path: "Sources/Generated/ONNXProtos",
            swiftSettings: strict
        ),
        .target(
            name: "CDefaultModels",
            path: "Sources/Engine/CDefaultModels",
            exclude: ["bundles"]
        ),
        .target(
            name: "Scoring",
            dependencies: [
                "Digests",
                "CDefaultModels", "Documents", "ExactTexts", "Forest", "Formulas",
                "ModelFormats", "VigieLimits",
            ],
            path: "Sources/Engine/Scoring",
            swiftSettings: strict
        ),

        // Results of all runs, as columns.
        .target(
            name: "ScoreHistory",
            dependencies: ["CZstd", "Quantities", "VigieLimits"],
            path: "Sources/Engine/ScoreHistory",
            swiftSettings: strict
        ),

        // Inputs and results of millions of companies as blocks of columns.
        .target(
            name: "UniverseBlocks",
            dependencies: ["Quantities", "ScoreHistory", "Scoring", "VigieLimits"],
            path: "Sources/Engine/UniverseBlocks",
            swiftSettings: strict
        ),

        // Expressions of decision models.
        .target(
            name: "FEEL",
            dependencies: ["DecimalNumbers", "ExactTexts", "Quantities", "VigieLimits"],
            path: "Sources/Domain/Policy/FEEL",
            swiftSettings: strict
        ),

        // Decision models, and tests of them.
        .target(
            name: "Decisions",
            dependencies: ["DecimalNumbers", "Documents", "ExactTexts", "FEEL", "VigieLimits"],
            path: "Sources/Domain/Policy/Decisions",
            swiftSettings: strict
        ),
        .target(
            name: "DecisionCases",
            dependencies: [
                "DecimalNumbers", "Decisions", "Documents", "ExactTexts", "FEEL", "VigieLimits",
            ],
            path: "Sources/Domain/Policy/DecisionCases",
            swiftSettings: strict
        ),
        .target(
            name: "CompiledTables",
            dependencies: [
                "DecimalNumbers", "Decisions", "ExactTexts", "FEEL", "RuleTables", "VigieLimits",
            ],
            path: "Sources/Domain/Policy/CompiledTables",
            swiftSettings: strict
        ),

        // Policies: decisions with what belongs to them, and what follows for a company.
        .target(
            name: "Policies",
            dependencies: [
                "DecimalNumbers", "DecisionCases", "Decisions", "Digests", "Documents",
                "ExactTexts", "FEEL", "Quantities", "VigieLimits",
            ],
            path: "Sources/Domain/Policy/Policies",
            swiftSettings: strict
        ),
        .target(
            name: "CreditPolicy",
            dependencies: [
                "CompiledTables", "DecimalNumbers", "DecisionCases", "Decisions", "Documents",
                "ExactTexts", "FEEL", "Policies", "Quantities", "VigieLimits",
            ],
            path: "Sources/Domain/Policy/CreditPolicy",
            swiftSettings: strict
        ),

        // What portfolios are watched for, and how others are told; pure.
        .target(
            name: "CPortfolioData",
            path: "Sources/Domain/Portfolio/CPortfolioData",
            exclude: ["tables"]
        ),
        .target(
            name: "Alerts",
            dependencies: [
                "CPortfolioData", "Digests", "Documents", "Quantities", "ServiceErrors",
                "VigieLimits",
            ],
            path: "Sources/Domain/Portfolio/Alerts",
            swiftSettings: strict
        ),
        .target(
            name: "Webhooks",
            dependencies: [
                "Digests", "NetworkAddresses", "Quantities", "ServiceErrors", "VigieLimits",
            ],
            path: "Sources/Domain/Portfolio/Webhooks",
            swiftSettings: strict
        ),

        // Messages of mail.
        .target(
            name: "MailMessages",
            dependencies: ["Digests", "Quantities", "ServiceErrors", "VigieLimits"],
            path: "Sources/Domain/Portfolio/MailMessages",
            swiftSettings: strict
        ),

        // What is known of companies, and what follows from it; pure.
        .target(
            name: "CCreditData",
            path: "Sources/Domain/Credit/CCreditData",
            exclude: ["tables"]
        ),
        .target(
            name: "CreditFacts",
            dependencies: ["CCreditData", "Documents", "Quantities"],
            path: "Sources/Domain/Credit/CreditFacts",
            swiftSettings: strict
        ),
        .target(
            name: "CompanyPapers",
            dependencies: [
                "CCreditData", "CPrefetch", "CreditFacts", "Documents", "InvoiceMatching",
                "PaymentBehaviour", "PaymentTerms", "Quantities", "VigieLimits",
            ],
            path: "Sources/Domain/Credit/CompanyPapers",
            swiftSettings: strict
        ),
        .target(
            name: "Assessment",
            dependencies: [
                "CCreditData", "CreditFacts", "LegalHistory", "PaymentBehaviour", "Quantities",
                "Scoring", "StatementAnalysis",
            ],
            path: "Sources/Domain/Credit/Assessment",
            swiftSettings: strict
        ),
        .target(
            name: "InvoiceMatching",
            dependencies: ["CCreditData", "CreditFacts", "PaymentTerms", "Quantities"],
            path: "Sources/Domain/Credit/InvoiceMatching",
            swiftSettings: strict
        ),
        .target(
            name: "LegalHistory",
            dependencies: ["CreditFacts", "Quantities"],
            path: "Sources/Domain/Credit/LegalHistory",
            swiftSettings: strict
        ),
        .target(
            name: "ProceedingSurvival",
            dependencies: ["Digests", "Documents", "Quantities", "Scoring", "VigieLimits"],
            path: "Sources/Domain/Credit/ProceedingSurvival",
            swiftSettings: strict
        ),
        .target(
            name: "PaymentForecast",
            dependencies: [
                "CreditFacts", "Digests", "Documents", "Forest", "Formulas", "ModelFormats",
                "Quantities", "Scoring", "VigieLimits",
            ],
            path: "Sources/Domain/Credit/PaymentForecast",
            swiftSettings: strict
        ),
        .target(
            name: "Collection",
            dependencies: [
                "CCreditData", "CreditFacts", "Documents", "LegalHistory", "PaymentBehaviour",
                "PaymentTerms", "Quantities", "ServiceErrors", "VigieLimits",
            ],
            path: "Sources/Domain/Credit/Collection",
            swiftSettings: strict
        ),
        .target(
            name: "PaymentBehaviour",
            dependencies: ["CCreditData", "CPrefetch", "CreditFacts", "Quantities"],
            path: "Sources/Domain/Credit/PaymentBehaviour",
            swiftSettings: strict
        ),
        .target(
            name: "PaymentTerms",
            dependencies: ["Quantities"],
            path: "Sources/Domain/Credit/PaymentTerms",
            swiftSettings: strict
        ),
        .target(
            name: "StatementAnalysis",
            dependencies: [
                "CCreditData", "CreditFacts", "Documents", "Quantities", "Scoring",
            ],
            path: "Sources/Domain/Credit/StatementAnalysis",
            swiftSettings: strict
        ),

        // The wire.
        .target(
            name: "CVigieProtos",
            dependencies: ["CProtobufC"],
            path: "Sources/Generated/CVigieProtos"
        ),
        .target(
            name: "CServiceDescriptors",
            path: "Sources/Generated/CServiceDescriptors",
            exclude: ["descriptors.binpb"]
        ),
        .target(
            name: "CVigieWire",
            dependencies: ["CVigieProtos"],
            path: "Sources/Wire/CVigieWire"
        ),
        .target(
            name: "CHTTP2Session",
            dependencies: ["CNGHTTP2"],
            path: "Sources/Wire/CHTTP2Session"
        ),
        .target(
            name: "VigieProtos",
            dependencies: ["ProtobufCoding"],
            path: "Sources/Generated/VigieProtos",
            swiftSettings: strict
        ),
        .target(
            name: "GRPCTransport",
            dependencies: [
                "Digests",
                "COpenSSL", "CHTTP2Session", "CZlib", "Callers", "NetworkAddresses", "Telemetry",
                "Turns", "VigieLimits",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOHTTP1", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            path: "Sources/Wire/GRPCTransport",
            swiftSettings: strict
        ),

        // Messages as JSON and back.
        .target(
            name: "MessageJSON",
            dependencies: ["Digests", "Documents", "ProtobufCoding", "VigieLimits"],
            path: "Sources/Base/MessageJSON",
            swiftSettings: strict
        ),

        // What goes to others: webhooks and mail.
        .target(
            name: "Deliveries",
            dependencies: ["CCurl", "NetworkAddresses", "VigieLimits"],
            path: "Sources/Wire/Deliveries",
            swiftSettings: strict
        ),

        // Messages of protocol buffers: what those of Sources/Generated are made with.
        .target(
            name: "ProtobufCoding",
            dependencies: ["VigieLimits"],
            path: "Sources/Base/ProtobufCoding",
            swiftSettings: strict
        ),

        // What both commands read and write: files, exit codes, options of tables.
        .target(
            name: "CommandFiles",
            dependencies: ["Documents", "VigieLimits"],
            path: "Sources/Base/CommandFiles",
            swiftSettings: strict
        ),
        .target(
            name: "TableArguments",
            dependencies: [
                "CommandFiles", "Documents", "VigieLimits",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/Base/TableArguments",
            swiftSettings: runOnce
        ),

        // The one bulk path: blocks of rows through stages, on event loops and threads.
        .target(
            name: "BlockPipeline",
            dependencies: ["Telemetry", "Turns", "VigieLimits"],
            path: "Sources/Pipeline/BlockPipeline",
            swiftSettings: strict
        ),

        // The settings of both commands, from one list each.
        .target(
            name: "ProgramSettings",
            dependencies: [
                "CommandFiles", "Documents", "VigieLimits",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/Base/ProgramSettings",
            swiftSettings: runOnce
        ),

        // Bundles on disk.
        .target(
            name: "BundleStore",
            dependencies: [
                "Digests", "Documents", "Policies", "Scoring", "ServiceErrors", "VigieLimits",
            ],
            path: "Sources/Stores/BundleStore",
            swiftSettings: strict
        ),

        // Databases of SQL.
        .target(
            name: "Databases",
            dependencies: [
                "CPostgreSQL", "CSQLite", "Digests", "ServiceErrors", "VigieLimits",
            ],
            path: "Sources/Stores/Databases",
            swiftSettings: strict
        ),

        // What a team follows: pure values, and where they are kept.
        // Figures of risk of a portfolio.
        .target(
            name: "PortfolioRisk",
            dependencies: ["Quantities"],
            path: "Sources/Domain/Portfolio/PortfolioRisk",
            swiftSettings: strict
        ),
        .target(
            name: "Segments",
            dependencies: [
                "DecimalNumbers", "Documents", "FEEL", "Quantities", "ServiceErrors", "VigieLimits",
            ],
            path: "Sources/Domain/Portfolio/Segments",
            swiftSettings: strict
        ),
        .target(
            name: "Portfolios",
            dependencies: ["Quantities", "VigieLimits"],
            path: "Sources/Domain/Portfolio/Portfolios",
            swiftSettings: strict
        ),
        .target(
            name: "CompanyMatching",
            dependencies: ["Documents", "VigieLimits"],
            path: "Sources/Domain/Portfolio/CompanyMatching",
            swiftSettings: strict
        ),
        .target(
            name: "PortfolioFiles",
            dependencies: ["Documents", "Portfolios", "Quantities", "VigieLimits"],
            path: "Sources/Domain/Portfolio/PortfolioFiles",
            swiftSettings: strict
        ),
        .target(
            name: "PortfolioStore",
            dependencies: [
                "Databases", "Digests", "PortfolioRisk", "Portfolios", "Quantities", "Segments",
                "ServiceErrors", "VigieLimits",
            ],
            path: "Sources/Stores/PortfolioStore",
            swiftSettings: strict
        ),

        // Who a caller is: tokens, certificates, signed claims; and what his roles let him do.
        .target(
            name: "CallerAccess",
            dependencies: [
                "Digests",
                "COpenSSL", "Callers", "Documents", "Quantities", "ServiceErrors", "Turns",
                "VigieLimits",
            ],
            path: "Sources/Application/CallerAccess",
            swiftSettings: strict
        ),

        // Use cases, with the clock.
        .target(
            name: "VigieApplication",
            dependencies: [
                "Assessment", "BundleStore", "Callers", "CompiledTables", "CreditFacts",
                "CreditPolicy", "DecimalNumbers", "DecisionCases", "Decisions", "Digests",
                "Documents", "FEEL", "LegalHistory", "ModelFormats", "PaymentForecast", "Policies",
                "ProceedingSurvival", "Quantities", "Scoring", "ServiceErrors",
                "StatementAnalysis", "VigieLimits",
            ],
            path: "Sources/Application/VigieApplication",
            swiftSettings: strict
        ),

        // Rules of portfolios, their alerts, and who hears of runs.
        .target(
            name: "AlertStore",
            dependencies: [
                "Alerts", "Databases", "Documents", "PortfolioStore", "Quantities",
                "ServiceErrors", "VigieLimits",
            ],
            path: "Sources/Stores/AlertStore",
            swiftSettings: strict
        ),

        // Portfolios and the store of a server; apart, since only servers need databases.
        .target(
            name: "PortfolioApplication",
            dependencies: [
                "Alerts", "AlertStore", "Collection", "CreditFacts", "Databases", "Digests",
                "Documents", "LegalHistory", "PortfolioFiles", "PortfolioRisk",
                "PortfolioStore", "Portfolios", "Quantities", "Segments", "ServiceErrors",
                "VigieLimits",
            ],
            path: "Sources/Application/PortfolioApplication",
            swiftSettings: strict
        ),

        // Portfolios scored again and again.
        .target(
            name: "Rescoring",
            dependencies: [
                "Alerts", "Databases", "PortfolioApplication", "PortfolioStore", "Quantities",
                "ScoreHistory", "ServiceErrors", "VigieLimits",
            ],
            path: "Sources/Application/Rescoring",
            swiftSettings: strict
        ),

        // Universes of millions of companies: what the store has of them, what is done with it.
        .target(
            name: "UniverseStore",
            dependencies: [
                "Databases", "PortfolioStore", "Quantities", "UniverseBlocks", "VigieLimits",
            ],
            path: "Sources/Stores/UniverseStore",
            swiftSettings: strict
        ),
        .target(
            name: "UniverseApplication",
            dependencies: [
                "CommandFiles", "Databases", "PortfolioApplication", "PortfolioStore",
                "Quantities", "Rescoring", "ScoreHistory", "Scoring", "ServiceErrors",
                "UniverseBlocks", "UniverseStore", "VigieLimits",
            ],
            path: "Sources/Application/UniverseApplication",
            swiftSettings: strict
        ),

        // Streams of rows with a name: what the store has of them, what is done with it.
        .target(
            name: "JobStore",
            dependencies: [
                "CZstd", "Databases", "PortfolioStore", "Quantities", "VigieLimits",
            ],
            path: "Sources/Stores/JobStore",
            swiftSettings: strict
        ),
        .target(
            name: "JobApplication",
            dependencies: [
                "Databases", "Digests", "JobStore", "PortfolioApplication", "Quantities",
                "ServiceErrors", "VigieLimits",
            ],
            path: "Sources/Application/JobApplication",
            swiftSettings: strict
        ),

        // Facts of the store, assessed for runs.
        .target(
            name: "StoredAssessments",
            dependencies: [
                "Assessment", "AssessmentMessages", "CreditFacts", "Digests", "LegalHistory",
                "PaymentBehaviour", "PortfolioStore", "Quantities", "Rescoring", "Scoring",
                "ServiceErrors", "VigieApplication", "VigieLimits",
            ],
            path: "Sources/Interfaces/StoredAssessments",
            swiftSettings: strict
        ),

        // Others are told of what happens in the store.
        .target(
            name: "DeliveryApplication",
            dependencies: [
                "Alerts", "AlertStore",
                "Databases", "Deliveries", "Digests", "MailMessages", "NetworkAddresses",
                "PortfolioApplication", "PortfolioStore", "Portfolios", "Quantities",
                "ServiceErrors", "Telemetry", "VigieLimits", "Webhooks",
            ],
            path: "Sources/Application/DeliveryApplication",
            swiftSettings: strict
        ),

        // Facts and assessments as messages: of the server, and of the library without one.
        .target(
            name: "AssessmentMessages",
            dependencies: [
                "Assessment", "Callers", "CompanyPapers", "CreditFacts", "Documents",
                "LegalHistory", "ProtobufCoding", "Quantities", "Scoring", "ServiceErrors",
                "StatementAnalysis", "VigieApplication", "VigieLimits", "VigieProtos",
            ],
            path: "Sources/Interfaces/AssessmentMessages",
            swiftSettings: strict
        ),

        // The server.
        .target(
            name: "CDashboardPages",
            path: "Sources/Interfaces/CDashboardPages",
            exclude: ["pages"]
        ),
        .target(
            name: "VigieService",
            dependencies: [
                "Alerts", "AlertStore", "Assessment", "AssessmentMessages", "BlockPipeline",
                "CDashboardPages", "CServiceDescriptors", "Digests",
                "CVigieWire", "Callers", "Collection", "CommandFiles", "CompanyPapers",
                "CreditFacts",
                "CreditPolicy", "DecimalNumbers", "Decisions", "DeliveryApplication", "Documents",
                "ExactTexts", "FEEL", "Forest", "GRPCTransport", "LegalHistory", "MessageJSON",
                "ModelFormats", "NetworkAddresses", "PaymentBehaviour", "PaymentForecast",
                "Policies", "PortfolioApplication", "ProceedingSurvival",
                "PortfolioFiles", "PortfolioRisk", "Portfolios", "PortfolioStore",
                "ProtobufCoding", "Quantities", "Rescoring", "Scoring", "Segments", "ServiceErrors",
                "StatementAnalysis", "StoredAssessments", "Telemetry", "Turns",
                "UniverseApplication", "UniverseBlocks", "UniverseStore",
                "VigieApplication", "VigieLimits", "VigieProtos", "JobApplication", "JobStore",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            path: "Sources/Interfaces/VigieService",
            swiftSettings: strict
        ),
        // Papers that are dropped into a folder: the folder, and what is done with them.
        .target(
            name: "InboxFolders",
            dependencies: ["CommandFiles", "Digests", "Documents", "VigieLimits"],
            path: "Sources/Stores/InboxFolders",
            swiftSettings: strict
        ),
        .target(
            name: "PaperInbox",
            dependencies: [
                "AssessmentMessages", "CommandFiles", "CompanyPapers", "CreditFacts", "Digests",
                "Documents", "InboxFolders", "PortfolioApplication", "PortfolioStore",
                "Portfolios", "ProtobufCoding", "Quantities", "ServiceErrors",
                "VigieLimits", "VigieProtos",
            ],
            path: "Sources/Interfaces/PaperInbox",
            swiftSettings: strict
        ),
        // What the server tells operators of itself.
        .target(
            name: "MetricsPage",
            dependencies: [
                "CommandFiles", "Telemetry", "VigieLimits",
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOHTTP1", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            path: "Sources/Interfaces/MetricsPage",
            swiftSettings: strict
        ),
        .target(
            name: "TelemetryExport",
            dependencies: [
                "CommandFiles", "Documents", "GRPCTransport", "MetricsPage", "NetworkAddresses",
                "ProtobufCoding", "Quantities", "Telemetry", "VigieLimits", "VigieProtos",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            path: "Sources/Interfaces/TelemetryExport",
            swiftSettings: strict
        ),
        .target(
            name: "ModelTables",
            dependencies: [
                "CommandFiles", "Documents", "ExactTexts", "Formulas", "ModelFormats", "Scoring",
                "VigieLimits",
            ],
            path: "Sources/Interfaces/ModelTables",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "vigied",
            dependencies: [
                "CallerAccess", "Callers", "CommandFiles", "CreditPolicy", "CTimex", "Databases",
                "DecimalNumbers", "Deliveries", "DeliveryApplication", "Digests", "Documents",
                "FEEL", "Forest", "GRPCTransport",
                "MailMessages", "MetricsPage", "ModelFormats", "ModelTables", "NetworkAddresses",
                "PaperInbox", "PortfolioApplication", "Portfolios", "PortfolioStore",
                "ProgramSettings", "Quantities", "Rescoring", "Scoring", "ServiceErrors",
                "TableArguments", "Telemetry", "TelemetryExport", "Turns", "UniverseApplication",
                "VigieApplication", "VigieLimits", "VigieService", "Webhooks",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: runOnce
        ),

        // The clients.
        .target(
            name: "VigieClient",
            dependencies: [
                "CVigieWire", "ExactTexts", "Forest", "GRPCTransport", "NetworkAddresses",
                "ProtobufCoding", "Quantities", "VigieLimits", "VigieProtos",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOPosix", package: nio),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            path: "Clients/Swift/VigieClient",
            swiftSettings: strict
        ),
        .target(
            name: "CommandTables",
            dependencies: [
                "CZlib", "CommandFiles", "CompanyMatching", "CompanyPapers", "CreditPolicy",
                "DecimalNumbers", "Decisions", "Digests",
                "Documents", "ExactTexts", "Policies", "Quantities", "VigieClient", "VigieLimits",
            ],
            path: "Clients/CLI/CommandTables",
            swiftSettings: strict
        ),
        // Assessments without a server.
        .target(
            name: "VigieAssessment",
            dependencies: [
                "Assessment", "AssessmentMessages", "CommandFiles", "CompanyPapers", "CreditFacts",
                "Documents", "ProtobufCoding", "Quantities", "ServiceErrors", "VigieApplication",
                "VigieClient", "VigieLimits", "VigieProtos",
            ],
            path: "Clients/InProcess/VigieAssessment",
            swiftSettings: strict
        ),
        .target(
            name: "VigieCommand",
            dependencies: [
                "Assessment", "AssessmentMessages", "CommandFiles", "CommandTables",
                "CompanyMatching", "CompanyPapers", "CompiledTables",
                "CreditFacts", "CreditPolicy", "DecimalNumbers", "DecisionCases", "Decisions",
                "Digests", "Documents", "FEEL", "LegalHistory", "NetworkAddresses",
                "PaymentBehaviour", "PaymentForecast", "PaymentTerms", "Policies",
                "ProtobufCoding",
                "ProgramSettings", "Quantities", "Scoring", "Segments", "StatementAnalysis",
                "TableArguments", "ServiceErrors", "VigieApplication",
                "VigieClient", "VigieLimits", "VigieProtos",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Clients/CLI/VigieCommand",
            swiftSettings: runOnce
        ),
        .executableTarget(
            name: "vigie",
            dependencies: ["VigieCommand"],
            path: "Clients/CLI/vigie",
            swiftSettings: runOnce
        ),

        // Makes both programs in one build; not a product.
        .target(name: "Programs", dependencies: ["vigie", "vigied"], swiftSettings: strict),

        // Compares the engine with LightGBM's own scores and times it; not a product.
        .executableTarget(
            name: "forest-check",
            dependencies: ["Forest", "Formulas", "ModelFormats"],
            path: "Tests/ForestCheck",
            swiftSettings: strict
        ),

        // Computes what decimal_check.py compares with Python's decimal; not a product.
        .executableTarget(
            name: "decimal-check",
            dependencies: ["DecimalNumbers"],
            path: "Tests/DecimalCheck",
            exclude: ["decimal_check.py", "nasty_decimals.py"],
            swiftSettings: strict
        ),

        // What assessments cost; not a product.
        .executableTarget(
            name: "assessment-bench",
            dependencies: [
                "Assessment", "CompanyPapers", "CreditFacts", "Documents", "MadeUpCompanies",
                "PaymentBehaviour", "Quantities", "Scoring",
            ],
            path: "Tests/Benchmarks/Assessment",
            exclude: ["batch.py", "rows.py"],
            swiftSettings: strict
        ),

        .target(
            name: "MadeUpCompanies",
            dependencies: ["CreditFacts", "Quantities"],
            path: "Tests/Benchmarks/Companies",
            swiftSettings: strict
        ),

        // What runs over portfolios cost; not a product.
        .executableTarget(
            name: "rescoring-bench",
            dependencies: [
                "AssessmentMessages", "Databases", "MadeUpCompanies", "PortfolioApplication",
                "PortfolioStore", "Quantities", "Rescoring", "ServiceErrors", "StoredAssessments",
                "VigieApplication", "VigieLimits",
            ],
            path: "Tests/Benchmarks/Rescoring",
            swiftSettings: strict
        ),

        // What compiled decision tables cost; not a product.
        .executableTarget(
            name: "policy-bench",
            dependencies: [
                "CompiledTables", "CreditPolicy", "DecimalNumbers", "Decisions", "FEEL", "Policies",
                "Quantities", "RuleTables", "VigieLimits",
            ],
            path: "Tests/Benchmarks/Policy",
            exclude: ["credit_tables.py", "policy_tables.py"],
            swiftSettings: strict
        ),

        // Runs with made-up scores beside a server, for tests; not a product.
        .executableTarget(
            name: "alert-runs",
            dependencies: [
                "AlertStore", "Databases", "PortfolioStore", "Portfolios", "Quantities",
            ],
            path: "Tests/AlertRuns",
            swiftSettings: strict
        ),

        // What rules of alerts cost; not a product.
        .executableTarget(
            name: "alerts-bench",
            dependencies: ["Alerts", "Quantities", "VigieLimits"],
            path: "Tests/Benchmarks/Alerts",
            swiftSettings: strict
        ),

        // What the worklist, letters and forecasts cost; not a product.
        .executableTarget(
            name: "collection-bench",
            dependencies: [
                "Collection", "CreditFacts", "Documents", "PaymentForecast", "Quantities",
            ],
            path: "Tests/Benchmarks/Collection",
            swiftSettings: strict
        ),

        // What the history of scores costs; not a product.
        .executableTarget(
            name: "history-bench",
            dependencies: ["Quantities", "ScoreHistory", "VigieLimits"],
            path: "Tests/Benchmarks/History",
            swiftSettings: strict
        ),

        // What a universe costs; not a product.
        .executableTarget(
            name: "universe-bench",
            dependencies: [
                "Databases", "PortfolioApplication", "PortfolioStore", "Quantities", "Rescoring",
                "ScoreHistory", "Scoring", "ServiceErrors", "UniverseApplication",
                "UniverseStore",
            ],
            path: "Tests/Benchmarks/Universe",
            swiftSettings: strict
        ),

        // What the store takes; not a product.
        .executableTarget(
            name: "store-bench",
            dependencies: [
                "AlertStore", "Alerts", "Databases", "Documents", "PortfolioFiles",
                "PortfolioStore", "Portfolios", "Quantities", "VigieLimits",
            ],
            path: "Tests/Benchmarks/Store",
            swiftSettings: strict
        ),

        // The load of the end-to-end measurement; not a product.
        .executableTarget(
            name: "end-to-end-client",
            dependencies: ["VigieClient"],
            path: "Tests/Benchmarks/EndToEnd/Client",
            swiftSettings: strict
        ),

        // Tests, one target for each module.
        .testTarget(
            name: "SegmentsTests",
            dependencies: [
                "DecimalNumbers", "Documents", "Quantities", "Segments", "ServiceErrors",
                "TestRandomness", "VigieLimits",
            ],
            path: "Tests/SegmentsTests",
            swiftSettings: strict
        ),
        .testTarget(
            name: "PortfolioRiskTests",
            dependencies: ["PortfolioRisk", "Quantities", "TestRandomness"],
            path: "Tests/PortfolioRiskTests",
            swiftSettings: strict
        ),
        .testTarget(
            name: "MessageJSONTests",
            dependencies: ["CServiceDescriptors", "MessageJSON", "ProtobufCoding", "VigieProtos"],
            path: "Tests/MessageJSONTests",
            swiftSettings: strict
        ),
        .testTarget(
            name: "ForestTests",
            dependencies: ["Forest", "TestRandomness"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "FormulasTests",
            dependencies: [
                "CAllocationCount", "Forest", "Formulas", "TestRandomness", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ModelFormatsTests",
            dependencies: [
                "Documents", "ExactTexts", "Forest", "Formulas", "ModelFormats", "TestModels",
            ],
            resources: [.copy("Models")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CommandFilesTests",
            dependencies: ["CommandFiles", "Documents"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DocumentsTests",
            dependencies: ["Documents", "TestRecords", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ProtobufCodingTests",
            dependencies: ["ProtobufCoding", "VigieLimits"],
            exclude: ["Protos", "make_vectors.py"],
            resources: [.copy("Vectors")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ProgramSettingsTests",
            dependencies: [
                "CommandFiles", "ProgramSettings",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ScoringTests",
            dependencies: [
                "Digests",
                "Documents", "ExactTexts", "Forest", "Formulas", "ModelFormats", "Scoring",
                "TestModels", "TestRandomness", "VigieLimits",
            ],
            resources: [.copy("Vectors")],
            swiftSettings: strict
        ),
        .testTarget(name: "TelemetryTests", dependencies: ["Telemetry"], swiftSettings: strict),
        .testTarget(
            name: "NetworkAddressesTests",
            dependencies: ["NetworkAddresses"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TurnsTests",
            dependencies: ["TestRandomness", "Turns"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AssessmentTests",
            dependencies: [
                "Assessment", "CreditFacts", "Documents", "LegalHistory", "Quantities", "Scoring",
                "StatementAnalysis", "TestRandomness",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CompanyPapersTests",
            dependencies: [
                "CompanyPapers", "CreditFacts", "Documents", "InvoiceMatching", "LegalHistory",
                "PaymentBehaviour", "PaymentTerms", "Quantities", "StatementAnalysis",
            ],
            resources: [.copy("Papers")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "InvoiceMatchingTests",
            dependencies: [
                "CompanyPapers", "CreditFacts", "InvoiceMatching", "PaymentBehaviour", "Quantities",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LegalHistoryTests",
            dependencies: ["CreditFacts", "LegalHistory", "Quantities"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PaymentBehaviourTests",
            dependencies: ["CreditFacts", "PaymentBehaviour", "Quantities", "TestRandomness"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PaymentTermsTests",
            dependencies: ["PaymentTerms", "Quantities"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StatementAnalysisTests",
            dependencies: [
                "CCreditData", "CreditFacts", "Documents", "Quantities", "Scoring",
                "StatementAnalysis", "TestRandomness",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "FEELTests",
            dependencies: ["DecimalNumbers", "FEEL", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DecisionsTests",
            dependencies: ["DecimalNumbers", "Decisions", "FEEL", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DecisionCasesTests",
            dependencies: ["DecisionCases", "Decisions", "Documents", "FEEL", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CompiledTablesTests",
            dependencies: [
                "CompiledTables", "DecimalNumbers", "Decisions", "FEEL", "RuleTables",
                "TestRandomness", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PoliciesTests",
            dependencies: [
                "DecimalNumbers", "Decisions", "Documents", "FEEL", "Policies", "Quantities",
                "TestPolicies", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CreditPolicyTests",
            dependencies: [
                "CompiledTables", "CreditPolicy", "DecimalNumbers", "Decisions", "Documents",
                "FEEL", "Policies", "Quantities", "TestPolicies", "TestRandomness", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ProceedingSurvivalTests",
            dependencies: ["ProceedingSurvival", "Quantities", "Scoring"],
            path: "Tests/ProceedingSurvivalTests",
            swiftSettings: strict
        ),
        .testTarget(
            name: "PaymentForecastTests",
            dependencies: [
                "CreditFacts", "Digests", "PaymentForecast", "Quantities", "Scoring",
                "TestRandomness",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CollectionTests",
            dependencies: [
                "Collection", "CreditFacts", "Documents", "LegalHistory", "PaymentBehaviour",
                "PaymentTerms", "Quantities", "ServiceErrors", "TestRandomness", "VigieLimits",
            ],
            resources: [.copy("Cases")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AlertsTests",
            dependencies: [
                "Alerts", "Documents", "Quantities", "ServiceErrors", "TestRandomness",
                "VigieLimits",
            ],
            resources: [.copy("Cases")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WebhooksTests",
            dependencies: [
                "Documents", "NetworkAddresses", "ServiceErrors", "VigieLimits", "Webhooks",
            ],
            resources: [.copy("Cases")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DeliveriesTests",
            dependencies: ["Deliveries", "NetworkAddresses", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MailMessagesTests",
            dependencies: ["MailMessages", "ServiceErrors", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DeliveryApplicationTests",
            dependencies: [
                "Databases", "Deliveries", "DeliveryApplication", "Digests", "MailMessages",
                "NetworkAddresses", "PortfolioApplication", "PortfolioStore", "Portfolios",
                "Quantities",
                "ServiceErrors", "Telemetry", "TestDatabases", "VigieLimits", "Webhooks",
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: strict),
        .testTarget(
            name: "RuleTablesTests",
            dependencies: ["RuleTables", "TestRandomness", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ScoreHistoryTests",
            dependencies: ["Quantities", "ScoreHistory", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "UniverseBlocksTests",
            dependencies: [
                "Quantities", "ScoreHistory", "Scoring", "TestModels", "TestRandomness",
                "UniverseBlocks", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "JobStoreTests",
            dependencies: ["JobStore", "TestRandomness", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "JobApplicationTests",
            dependencies: [
                "Databases", "JobApplication", "JobStore", "PortfolioApplication",
                "Quantities", "ServiceErrors", "TestDatabases", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "UniverseApplicationTests",
            dependencies: [
                "Databases", "PortfolioApplication", "PortfolioStore", "Quantities", "Rescoring",
                "ScoreHistory", "Scoring", "ServiceErrors", "TestDatabases", "TestModels",
                "TestRandomness", "UniverseApplication", "UniverseBlocks", "UniverseStore",
                "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DecimalNumbersTests",
            dependencies: ["CAllocationCount", "DecimalNumbers", "TestRandomness"],
            swiftSettings: strict
        ),
        .testTarget(name: "QuantitiesTests", dependencies: ["Quantities"], swiftSettings: strict),
        .target(
            name: "TestDatabases",
            dependencies: ["Databases"],
            path: "Tests/TestDatabases",
            swiftSettings: strict
        ),
        .testTarget(
            name: "DatabasesTests",
            dependencies: [
                "Databases", "Digests", "ServiceErrors", "TestDatabases", "TestRandomness",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PortfolioApplicationTests",
            dependencies: [
                "AlertStore", "Alerts", "Collection", "CreditFacts", "Databases",
                "PortfolioApplication", "PortfolioRisk", "PortfolioStore", "Portfolios",
                "Quantities", "Segments", "ServiceErrors", "TestDatabases", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RescoringTests",
            dependencies: [
                "Databases", "PortfolioApplication", "PortfolioStore", "Portfolios", "Quantities",
                "Rescoring", "ScoreHistory", "ServiceErrors", "TestDatabases", "TestRandomness",
                "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AlertStoreTests",
            dependencies: [
                "Alerts", "AlertStore", "Databases", "PortfolioStore", "Portfolios",
                "Quantities", "TestDatabases", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PortfolioStoreTests",
            dependencies: [
                "Databases", "PortfolioStore", "Portfolios", "Quantities", "ServiceErrors",
                "TestDatabases", "TestRandomness", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CompanyMatchingTests",
            dependencies: ["CompanyMatching", "TestRandomness", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PortfolioFilesTests",
            dependencies: [
                "Documents", "PortfolioFiles", "Portfolios", "Quantities", "TestRandomness",
                "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PortfoliosTests",
            dependencies: ["Portfolios", "Quantities"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BundleStoreTests",
            dependencies: [
                "BundleStore", "Documents", "Scoring", "ServiceErrors", "TestModels", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TelemetryExportTests",
            dependencies: ["GRPCTransport", "NetworkAddresses", "Telemetry", "TelemetryExport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MetricsPageTests",
            dependencies: ["MetricsPage", "Telemetry", "VigieLimits"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CallersTests",
            dependencies: ["Callers"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CallerAccessTests",
            dependencies: ["CallerAccess", "Callers", "Quantities", "ServiceErrors", "Turns"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "VigieApplicationTests",
            dependencies: [
                "Assessment", "BundleStore", "Callers", "CreditPolicy", "ModelFormats", "Policies",
                "Quantities", "Scoring", "ServiceErrors", "TestModels", "TestPolicies",
                "VigieApplication", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "GRPCTransportTests",
            dependencies: [
                "CZlib", "Callers", "GRPCTransport", "NetworkAddresses", "TestCertificates",
                "TestFrames", "VigieLimits",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BlockPipelineTests",
            dependencies: [
                "BlockPipeline", "Telemetry", "Turns", "VigieLimits",
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "VigieServiceTests",
            dependencies: [
                "Digests",
                "Assessment", "AssessmentMessages", "CVigieWire", "Callers", "CommandFiles",
                "CreditFacts", "CreditPolicy", "Databases", "DecimalNumbers", "Deliveries",
                "DeliveryApplication", "FEEL", "Forest", "GRPCTransport", "LegalHistory",
                "NetworkAddresses", "Policies", "PortfolioApplication", "ProgramSettings",
                "ProtobufCoding", "Quantities", "Rescoring", "Scoring", "ServiceErrors",
                "StatementAnalysis", "Telemetry", "TelemetryExport", "TestCertificates",
                "TestModels", "TestPolicies", "TestRandomness", "VigieApplication", "VigieLimits",
                "VigieProtos", "VigieService", "Webhooks", "vigied",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PaperInboxTests",
            dependencies: [
                "CommandFiles", "Documents", "InboxFolders", "PaperInbox", "PortfolioApplication",
                "Portfolios", "Quantities",
                "ServiceErrors", "TestDatabases", "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AssessmentMessagesTests",
            dependencies: [
                "Assessment", "AssessmentMessages", "CreditFacts", "ProtobufCoding", "Quantities",
                "ServiceErrors", "TestRandomness", "VigieApplication", "VigieLimits", "VigieProtos",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "VigieAssessmentTests",
            dependencies: [
                "GRPCTransport", "TestCertificates", "VigieApplication", "VigieAssessment",
                "VigieClient", "VigieService",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "VigieClientTests",
            dependencies: [
                "Callers", "CreditPolicy", "Databases", "DecimalNumbers", "Deliveries",
                "DeliveryApplication", "Digests", "FEEL", "Forest", "GRPCTransport",
                "MailMessages", "NetworkAddresses", "Policies", "PortfolioApplication",
                "ProtobufCoding", "Quantities", "Scoring", "ServiceErrors", "TestCertificates",
                "TestFrames", "TestModels", "TestPolicies", "TestRandomness", "VigieApplication",
                "VigieAssessment", "VigieClient", "VigieLimits", "VigieProtos", "VigieService",
                "Webhooks",
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOPosix", package: nio),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CommandTablesTests",
            dependencies: [
                "CommandFiles", "CommandTables", "Documents", "TestRecords", "VigieClient",
                "VigieLimits",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "VigieCommandTests",
            dependencies: [
                "CommandFiles", "CommandTables", "ProgramSettings", "TestCertificates",
                "TestModels", "TestRecords", "VigieClient", "VigieCommand", "vigie", "vigied",
            ],
            exclude: ["Spreadsheets"],
            swiftSettings: strict
        ),
        // The interoperability tests of gRPC: the service, a server with it, cases by our client.
        .target(
            name: "InteropService",
            dependencies: [
                "GRPCTransport", "ProtobufCoding",
                .product(name: "NIOCore", package: nio),
            ],
            path: "Tests/InteropService",
            exclude: ["Protos"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "interop-server",
            dependencies: [
                "GRPCTransport", "InteropService",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/InteropServer",
            swiftSettings: strict
        ),
        .testTarget(
            name: "InteropServiceTests",
            dependencies: [
                "GRPCTransport", "InteropService", "ProtobufCoding", "TestCertificates",
                "VigieLimits",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            swiftSettings: strict
        ),
        // Counts allocations of a thread, in the tests that link it.
        .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
        .target(
            name: "TestRecords",
            dependencies: ["Documents"],
            path: "Tests/TestRecords",
            swiftSettings: strict
        ),
        .target(
            name: "TestFrames",
            dependencies: [
                "GRPCTransport", "TestCertificates",
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            path: "Tests/TestFrames",
            swiftSettings: strict
        ),
        .target(
            name: "TestCertificates",
            dependencies: ["COpenSSL"],
            path: "Tests/TestCertificates",
            swiftSettings: strict
        ),
        // Chance that comes again with its seed.
        .target(name: "TestRandomness", path: "Tests/TestRandomness", swiftSettings: strict),
        // A small policy that tests change.
        .target(
            name: "TestPolicies",
            dependencies: ["Policies"],
            path: "Tests/TestPolicies",
            swiftSettings: strict
        ),
        .target(
            name: "TestModels",
            dependencies: ["Digests", "Scoring"],
            path: "Tests/TestModels",
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

// For a look, as `make demo` takes one: the optimiser takes most of a build, so it is kept to what
// a server does with rows and with bytes of calls. Its methods and the client are not: optimised
// they take 63 and 78 s of a processor, as they are a quarter of that. Never for use.
if Context.environment["VIGIE_QUICK_BUILD"] == "1" {
    let measured: Set<String> = [
        "BlockPipeline", "Callers", "ExactTexts", "Forest", "Formulas", "GRPCTransport",
        "ProtobufCoding", "Scoring", "Telemetry", "Turns",
    ]
    for target in package.targets where target.swiftSettings != nil {
        if !measured.contains(target.name) { target.swiftSettings = runOnce }
    }
}
