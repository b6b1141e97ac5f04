using Tributary.Tests.Live.Exports;
using Tributary.Tests.Live.Ingest;
using Tributary.Tests.Live.Ingest.Drops;
using Tributary.Tests.Live.Mongo;
using Xunit.Runner.InProc.SystemConsole;

// The tests run here, and so do the child processes that the chaos tests kill.
return args switch
{
    ["load-host", .. var rest] => await LoadHost.RunAsync(rest),
    ["drop-host", .. var rest] => await DropHost.RunAsync(rest),
    ["export-host", .. var rest] => await ExportHost.RunAsync(rest),
    ["upload-host", .. var rest] => await UploadHost.RunAsync(rest),
    ["mongo-host"] => await MongoHost.RunAsync(),
    _ => await ConsoleRunner.Run(args),
};
