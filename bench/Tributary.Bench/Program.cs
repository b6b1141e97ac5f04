using Tributary.Bench;
using Tributary.Bench.Csv;
using Tributary.Bench.Dbt;
using Tributary.Bench.Fhir;

// Each bench measures its limit in the same run: on a noisy machine a ratio means something, a rate does not.
return args switch
{
    ["load", .. var rest] => await LoadBench.RunAsync(rest),
    ["export", .. var rest] => await ExportBench.RunAsync(rest),
    ["dbt", .. var rest] => await DbtBench.RunAsync(rest),
    ["views", .. var rest] => await ViewBench.RunAsync(rest),
    ["fhir", .. var rest] => await FhirBench.RunAsync(rest),
    ["fhir-serve", var file] => await PageServer.RunAsync(file),
    ["households", .. var rest] => await HouseholdBench.RunAsync(rest),
    ["csv", .. var rest] => await CsvDropBench.RunAsync(rest),
    ["csv-once", var server, var folder] => await CsvDropBench.OnceAsync(server, folder),
    ["couchdb", .. var rest] => await CouchBench.RunAsync(rest),
    ["couch-once", var server, var url] => await CouchBench.OnceAsync(server, url),
    ["sql", .. var rest] => await SqlBench.RunAsync(rest),
    ["sql-once", var server] => await SqlBench.OnceAsync(server),
    ["load-once", var server, var folder] => await LoadOnce.RunAsync(server, folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project bench/Tributary.Bench -- COMMAND
          load [--mb 150] [--rounds 5] [--memory-mb 1000]   NDJSON into a raw table, against a bare binary COPY of the same documents
          couchdb [--documents 60000] [--rounds 3] [--large 1000] [--url http://user:password@host:5984]   the first copy of a database, against a bare COPY and a reader that throws away
          dbt [--models 600] [--rounds 5]                   parse, compile, run, test, seed and build of a synthetic dbt project, against psql sending the same statements
          export [--rows 500000] [--rounds 5]               a table into a ZIP, against a bare COPY TO with the same order through the same ZIP library
          fhir [--mb 100] [--npm 8000] [--rounds 5]         a FHIR server into a raw table, against a reader that throws the same pages away, and against a bare COPY
          csv [--rows 2000000] [--rounds 3] [--memory-mb 1000]   drops of CSV, against psql \copy of the same file
          households [--people 1000000] [--rounds 3]        households of people joined by relationships, three a person, against one sorted self-join of them
          sql [--rows 2000000] [--rounds 3]                 a query of another database, without and with a key, and by batches of keys, against psql \copy of the same query to a file
          views [--responses 60000] [--rounds 5]            SQL-on-FHIR views into tables, against SQL by hand for the same rows
        """);
    return 2;
}
