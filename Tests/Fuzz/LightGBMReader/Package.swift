// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own, so that building the product never needs the fuzzer. It compiles the
// engine's sources again, through links, because they have to carry the fuzzer's instrumentation.
let instrumented: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"]),
]

let package = Package(
    name: "fuzz-lightgbm-reader",
    targets: [
        .target(name: "VigieLimits", swiftSettings: instrumented),
        .target(name: "CForest", cSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]),
        .target(name: "Forest", dependencies: ["CForest"], swiftSettings: instrumented),
        .target(
            name: "Formulas",
            dependencies: ["Forest", "VigieLimits"],
            swiftSettings: instrumented
        ),
        .target(
            name: "ModelFormats",
            dependencies: ["Forest", "Formulas", "VigieLimits"],
            exclude: ["ModelFile.swift", "ONNX", "PMML"],
            swiftSettings: instrumented
        ),
        .target(
            name: "FuzzTarget",
            dependencies: ["Forest", "Formulas", "ModelFormats"],
            swiftSettings: instrumented
        ),
        .executableTarget(
            name: "FuzzLightGBMReader",
            dependencies: ["FuzzTarget"],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]
        ),
    ],
    swiftLanguageModes: [.v6]
)
