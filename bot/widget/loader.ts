console.log("loader – ok");
