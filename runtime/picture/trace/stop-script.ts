// What the button "stop here" does in the page: asks the kernel's debugger to stop the next recording at a moment. JupyterLab
// gives the scripts of an output no way to the kernel, so this opens the server's web socket for a moment, as any client
// does. Only figures of a kernel that a server has started carry it.

/** Text because it runs in the page; it may refer only to its arguments and to what a browser has. */
export const STOP_HERE = `self.ckStopHere=function(kernel,moment,say){
var config=document.getElementById('jupyter-config-data');
if(!config)return say('Stopping here needs JupyterLab.');
config=JSON.parse(config.textContent);
var id='stop'+String(Math.random()).slice(2),origin=config.wsUrl||location.origin.replace(/^http/,'ws')+config.baseUrl;
var socket=new WebSocket(origin.replace(/[/]?$/,'/')+'api/kernels/'+kernel+'/channels?session_id='+id+(config.token?'&token='+encodeURIComponent(config.token):''));
socket.onerror=function(){say('Its kernel is gone. Run the cell again first.')};
socket.onopen=function(){
var header={msg_id:id,msg_type:'debug_request',username:'',session:id,date:new Date().toISOString(),version:'5.4'};
var content={type:'request',seq:1,command:'stopHere',arguments:{moment:moment}};
socket.send(JSON.stringify({header:header,parent_header:{},metadata:{},content:content,buffers:[],channel:'control'}))};
socket.onmessage=function(event){
if(typeof event.data!=='string'||event.data.indexOf(id)<0)return;
var message=JSON.parse(event.data);if(message.header.msg_type!=='debug_reply')return;
say(message.content.success?'The next trace stops at this event. Run the cell again.':'Switch the debugger on first: the bug in the toolbar.');
socket.close()}};
`;
